package org.kohakuhub.repo;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a README says below its metadata. */
final class CardText {
    private static final int LONGEST = 1_000;

    /** The text is looked for in this much of the file. */
    private static final int LOOKED_AT = 64 * 1024;

    private static final Pattern COMMENT = Pattern.compile("<!--.{0,8000}?-->", Pattern.DOTALL);
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private CardText() {}

    /** The beginning of the text, on one line; empty where there is none. */
    static Optional<String> description(String readme) {
        String body = FrontMatter.withoutBlock(readme);
        String head = body.length() > LOOKED_AT ? body.substring(0, LOOKED_AT) : body;
        String text = SPACE.matcher(COMMENT.matcher(head).replaceAll(" "))
                .replaceAll(" ")
                .strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.length() <= LONGEST) {
            return Optional.of(text);
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return Optional.of(text.substring(0, end) + '…');
    }
}
