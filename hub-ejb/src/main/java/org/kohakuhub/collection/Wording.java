package org.kohakuhub.collection;

import java.util.Locale;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** What may be written into titles, descriptions and notes. Lengths count UTF-16 units. */
final class Wording {
    /** As the columns have it. */
    private static final int LONGEST_TITLE = 120;
    /** These two are the reference service's, as its client's help says. */
    private static final int LONGEST_DESCRIPTION = 150;

    private static final int LONGEST_NOTE = 500;

    private Wording() {}

    static String title(String text) {
        String title = text.strip();
        if (title.isEmpty() || title.chars().anyMatch(Character::isISOControl)) {
            throw new HubException(ErrorKind.INVALID, "title must be a line of text");
        }
        return bounded("title", title, LONGEST_TITLE);
    }

    /** Two titles of one owner must differ in more than their letter case. */
    static String key(String title) {
        return title.toLowerCase(Locale.ROOT);
    }

    static String description(String text) {
        return bounded("description", text, LONGEST_DESCRIPTION);
    }

    static String note(String text) {
        return bounded("note", text, LONGEST_NOTE);
    }

    private static String bounded(String field, String text, int longest) {
        if (text.length() > longest) {
            throw new HubException(ErrorKind.INVALID, field + " must be at most " + longest + " characters long");
        }
        boolean storable = text.indexOf('\0') < 0 && text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
        if (!storable) { // half a character, or what no database column of text holds
            throw new HubException(ErrorKind.INVALID, field + " must be text");
        }
        return text;
    }
}
