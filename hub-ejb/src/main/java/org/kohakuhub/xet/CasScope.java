package org.kohakuhub.xet;

import org.kohakuhub.access.Action;

/** What a CAS token is good for. */
public enum CasScope {
    /** To fetch the files of a repository. */
    READ(Action.READ),
    /** To send chunks and files to a repository; and to read, for dedup queries. */
    WRITE(Action.WRITE);

    private final Action action;

    CasScope(Action action) {
        this.action = action;
    }

    Action action() {
        return action;
    }

    boolean covers(CasScope wanted) {
        return this == WRITE || wanted == READ;
    }
}
