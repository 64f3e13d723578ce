package org.kohakuhub.xet;

import org.kohakuhub.access.Action;

/** What a CAS token is good for. */
public enum CasScope {
    /** To fetch the files of a repository. */
    READ(Action.READ_FILES),
    /** To send what a pull request of the token's user is to hold; and to read. */
    PROPOSE(Action.PROPOSE),
    /** To send chunks and files to a repository; and to read, for dedup queries. */
    WRITE(Action.WRITE);

    private final Action action;

    CasScope(Action action) {
        this.action = action;
    }

    Action action() {
        return action;
    }

    /** Whether a token of this scope is good where {@code wanted}, READ or WRITE, is asked for. */
    boolean covers(CasScope wanted) {
        return this != READ || wanted == READ;
    }

    /** What its user must have the right to, there. */
    Action actionFor(CasScope wanted) {
        return wanted == READ ? READ.action : action;
    }
}
