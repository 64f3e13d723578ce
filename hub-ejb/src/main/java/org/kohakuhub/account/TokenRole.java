package org.kohakuhub.account;

import java.util.Locale;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/** What an API token may be used for. */
public enum TokenRole {
    /** Everything that changes nothing. */
    READ,
    /** All that its user may do. */
    WRITE;

    /** The spelling of JSON bodies and of the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role of this spelling.
     *
     * @throws HubException INVALID for another word
     */
    public static TokenRole parse(String text) {
        for (TokenRole role : values()) {
            if (role.text().equals(text)) {
                return role;
            }
        }
        throw new HubException(ErrorKind.INVALID, "Unknown token role: " + Text.shown(text) + " (read or write)");
    }
}
