package org.kohakuhub.account;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** Tells a unique key's refusal from other failures of the database. */
public final class Conflicts {
    private static final String UNIQUE_VIOLATION = "23505"; // PostgreSQL, appendix A
    /** SQLite's driver gives the same number for every constraint, and the kind in the message only. */
    private static final Pattern SQLITE_UNIQUE = Pattern.compile("\\[SQLITE_CONSTRAINT_(?:UNIQUE|PRIMARYKEY)]");

    private Conflicts() {}

    /** Whether this, or what it was caused by, is such a refusal. */
    public static boolean isUniqueKey(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return UNIQUE_VIOLATION.equals(sql.getSQLState())
                        || SQLITE_UNIQUE
                                .matcher(String.valueOf(sql.getMessage()))
                                .find();
            }
        }
        return false;
    }
}
