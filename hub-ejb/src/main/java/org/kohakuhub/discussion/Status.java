package org.kohakuhub.discussion;

import java.util.Locale;

/** Where a discussion stands. */
public enum Status {
    /** A pull request that is not to be merged yet. */
    DRAFT,
    OPEN,
    CLOSED,
    /** A pull request whose changes are in its base. */
    MERGED;

    /** The contract's word. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Whether there is still something to come. */
    public boolean isLive() {
        return this == DRAFT || this == OPEN;
    }
}
