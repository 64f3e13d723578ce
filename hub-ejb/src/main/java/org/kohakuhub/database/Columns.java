package org.kohakuhub.database;

/** Values of columns, which the two databases give in types of their own. */
public final class Columns {
    private Columns() {}

    /** A truth value: SQLite has numbers for them. */
    public static boolean truth(Object value) {
        return value instanceof Boolean truth ? truth : ((Number) value).intValue() != 0;
    }
}
