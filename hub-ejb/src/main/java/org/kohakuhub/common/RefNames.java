package org.kohakuhub.common;

import java.nio.charset.StandardCharsets;

/** The rules of git-check-ref-format(1), for the names that clients give to branches and tags. */
public final class RefNames {
    /** Where branches live. */
    public static final String HEADS = "refs/heads/";
    /** Where tags live. */
    public static final String TAGS = "refs/tags/";

    /** Where pull requests live. */
    public static final String PULLS = "refs/pr/";

    private static final int LONGEST = 200;
    private static final String FORBIDDEN = "~^:?*[\\";

    private RefNames() {}

    /** Whether {@code name} may stand after {@code refs/heads/} or name a whole ref. */
    public static boolean isValid(String name) {
        if (name.isEmpty()
                || name.getBytes(StandardCharsets.UTF_8).length > LONGEST
                || name.equals("@")
                || name.startsWith("-")
                || name.contains("..")
                || name.contains("@{")
                || name.endsWith(".")) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c == 127 || FORBIDDEN.indexOf(c) >= 0) {
                return false;
            }
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.startsWith(".") || part.endsWith(".lock")) {
                return false;
            }
        }
        return true;
    }
}
