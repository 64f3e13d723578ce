package org.kohakuhub.account;

import java.sql.SQLException;

/** Tells a unique key's refusal from other failures of the database. */
final class Conflicts {
    private static final String UNIQUE_VIOLATION = "23505"; // PostgreSQL, appendix A
    private static final int SQLITE_CONSTRAINT = 19;

    private Conflicts() {}

    static boolean isUniqueKey(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return UNIQUE_VIOLATION.equals(sql.getSQLState()) || (sql.getErrorCode() & 0xff) == SQLITE_CONSTRAINT;
            }
        }
        return false;
    }
}
