package org.kohakuhub.repo;

/** Patterns of ref names. The time to match is the product of both lengths, whatever the pattern is. */
final class NamePattern {
    private NamePattern() {}

    /** Whether the whole name matches: * and ? stand for what has no slash in it, ** for anything. */
    static boolean matches(String pattern, String name) {
        boolean[] reached = new boolean[name.length() + 1]; // prefixes of the name that the pattern so far matches
        reached[0] = true;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '*') {
                advance(reached, name, c);
                continue;
            }
            boolean slashes = i + 1 < pattern.length() && pattern.charAt(i + 1) == '*';
            if (slashes) {
                i++;
            }
            for (int end = 1; end <= name.length(); end++) {
                reached[end] |= reached[end - 1] && (slashes || name.charAt(end - 1) != '/');
            }
        }
        return reached[name.length()];
    }

    private static void advance(boolean[] reached, String name, char c) {
        for (int end = name.length(); end > 0; end--) {
            char there = name.charAt(end - 1);
            reached[end] = reached[end - 1] && (c == '?' ? there != '/' : c == there);
        }
        reached[0] = false;
    }
}
