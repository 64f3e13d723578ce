package org.kohakuhub.account;

import java.util.Optional;
import java.util.regex.Pattern;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/**
 * Which parts of a profile change, and to what: an empty value leaves a part alone, an empty text removes it.
 *
 * @param email of users only; it is not verified any more
 * @param description of organizations only
 * @param socialMedia a JSON object of texts
 */
public record ProfileChange(
        Optional<String> email,
        Optional<String> fullName,
        Optional<String> bio,
        Optional<String> description,
        Optional<String> website,
        Optional<String> socialMedia) {
    private static final int LONGEST_NAME = 255;
    /** Characters of a text that an account tells of itself. */
    static final int LONGEST_TEXT = 4_000;

    /** Shown as a link: nothing else may be one. */
    private static final Pattern WEBSITE = Pattern.compile("https?://[^\\s\"'<>\\p{Cntrl}]{1,240}");

    /**
     * @throws HubException INVALID with a sentence that names the field
     */
    public ProfileChange {
        email.ifPresent(Registration::checkEmail);
        check("full_name", fullName, LONGEST_NAME);
        check("bio", bio, LONGEST_TEXT);
        check("description", description, LONGEST_TEXT);
        check("social_media", socialMedia, LONGEST_TEXT);
        website.filter(text -> !text.isEmpty() && !WEBSITE.matcher(text).matches())
                .ifPresent(text -> {
                    throw new HubException(
                            ErrorKind.INVALID, "website must be an http or https address, not " + Text.shown(text));
                });
    }

    private static void check(String field, Optional<String> value, int longest) {
        value.ifPresent(text -> Text.storable(field, text, longest));
    }
}
