package org.kohakuhub.database;

import java.sql.SQLException;

/** PostgreSQL's answer to a NUL in a text, also in one that is only compared, as a name in an address. */
public final class UnstorableText {
    /** SQLSTATE {@code character_not_in_repertoire}. */
    private static final String STATE = "22021";

    private static final int DEEPEST_CAUSE = 20;

    private UnstorableText() {}

    /** Whether this is what a failure comes from. */
    public static boolean causes(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof SQLException refused && STATE.equals(refused.getSQLState())) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
