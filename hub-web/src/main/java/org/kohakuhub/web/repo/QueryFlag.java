package org.kohakuhub.web.repo;

/** Truth values in queries: {@code true} of today's clients, {@code True} of older ones, {@code 1} of both. */
public final class QueryFlag {
    private QueryFlag() {}

    /** Whether the parameter is there and says yes. */
    public static boolean isSet(String value) {
        return value != null && (value.equalsIgnoreCase("true") || value.equals("1"));
    }
}
