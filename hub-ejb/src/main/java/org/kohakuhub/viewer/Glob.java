package org.kohakuhub.viewer;

import java.util.List;

/**
 * A pattern of file paths as {@code data_files} has them: {@code *}, {@code ?} and {@code [a-z]} inside a segment,
 * {@code **} for any number of segments, at the end for at least one. Matching goes back to the last star only, so that no pattern of a stranger
 * takes long.
 */
final class Glob {
    private static final String ANY_FOLDERS = "**";

    private final List<String> segments;

    Glob(String pattern) {
        boolean all = pattern.equals(ANY_FOLDERS) || pattern.endsWith("/" + ANY_FOLDERS);
        this.segments = List.of((all ? pattern + "/*" : pattern).split("/", -1));
    }

    /** Whether the whole path matches. What is hidden, by a dot or two underscores, has to be asked for. */
    boolean matches(String path) {
        List<String> parts = List.of(path.split("/", -1));
        return hidden(parts, ".") == hidden(segments, ".")
                && hidden(parts.subList(0, parts.size() - 1), "__")
                        == hidden(segments.subList(0, segments.size() - 1), "__")
                && matches(parts);
    }

    private static long hidden(List<String> parts, String prefix) {
        return parts.stream().filter(part -> part.startsWith(prefix)).count();
    }

    private boolean matches(List<String> parts) {
        int segment = 0;
        int part = 0;
        int star = -1;
        int retry = 0;
        while (part < parts.size()) {
            if (segment < segments.size() && segments.get(segment).equals(ANY_FOLDERS)) {
                star = segment;
                segment++;
                retry = part;
            } else if (segment < segments.size() && matches(segments.get(segment), parts.get(part))) {
                segment++;
                part++;
            } else if (star >= 0) {
                retry++;
                part = retry;
                segment = star + 1;
            } else {
                return false;
            }
        }
        while (segment < segments.size() && segments.get(segment).equals(ANY_FOLDERS)) {
            segment++;
        }
        return segment == segments.size();
    }

    private static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int retry = 0;
        while (n < name.length()) {
            int next = p < pattern.length() ? one(pattern, p, name.charAt(n)) : -1;
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p;
                p++;
                retry = n;
            } else if (next > 0) {
                p = next;
                n++;
            } else if (star >= 0) {
                retry++;
                n = retry;
                p = star + 1;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Where the pattern goes on after what stands at {@code p} took the character; -1 if it did not. */
    private static int one(String pattern, int p, char c) {
        char wanted = pattern.charAt(p);
        int end = wanted == '[' ? pattern.indexOf(']', p + 2) : -1;
        if (end > 0) {
            boolean not = pattern.charAt(p + 1) == '!' || pattern.charAt(p + 1) == '^';
            return inClass(pattern.substring(p + (not ? 2 : 1), end), c) != not ? end + 1 : -1;
        }
        return wanted == '?' || wanted == c ? p + 1 : -1;
    }

    private static boolean inClass(String members, char c) {
        for (int i = 0; i < members.length(); i++) {
            boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
            if (range ? members.charAt(i) <= c && c <= members.charAt(i + 2) : members.charAt(i) == c) {
                return true;
            }
            i += range ? 2 : 0;
        }
        return false;
    }
}
