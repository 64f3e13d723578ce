package org.kohakuhub.community;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of a wish to read a gated repository. */
public enum AccessStatus {
    PENDING,
    ACCEPTED,
    REJECTED;

    /** The spelling of addresses, JSON and the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of this spelling, if there is one. */
    public static Optional<AccessStatus> parse(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text().equals(text))
                .findFirst();
    }
}
