package org.kohakuhub.collection;

import java.util.Locale;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

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
        return Text.storable("title", title, LONGEST_TITLE);
    }

    /** Two titles of one owner must differ in more than their letter case. */
    static String key(String title) {
        return title.toLowerCase(Locale.ROOT);
    }

    static String description(String text) {
        return Text.storable("description", text, LONGEST_DESCRIPTION);
    }

    static String note(String text) {
        return Text.storable("note", text, LONGEST_NOTE);
    }
}
