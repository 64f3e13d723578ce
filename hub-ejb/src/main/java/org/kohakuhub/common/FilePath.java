package org.kohakuhub.common;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The path of a file or folder inside a repository, relative, with single slashes: {@code data/train-0.parquet}.
 * What git and every common file system can hold is allowed (spaces, unicode, {@code +}, {@code #}, {@code %});
 * what would leave the repository or touch its administration on any of them is not.
 */
public record FilePath(String text) {
    private static final int LONGEST_PATH = 4096;
    private static final int LONGEST_SEGMENT = 255;

    /**
     * @throws HubException {@link ErrorKind#UNPROCESSABLE} for a path that no repository may hold
     */
    public FilePath {
        if (text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw refused(text, "is empty or longer than " + LONGEST_PATH + " bytes");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 127 || c == '\\') {
                throw refused(text, "holds a control character or a backslash");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw refused(text, "is not valid unicode");
                }
                i++;
            }
        }
        for (String segment : text.split("/", -1)) {
            checkSegment(text, segment);
        }
    }

    private static void checkSegment(String whole, String segment) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw refused(whole, "has an empty, '.' or '..' segment");
        }
        if (segment.getBytes(StandardCharsets.UTF_8).length > LONGEST_SEGMENT) {
            throw refused(whole, "has a segment longer than " + LONGEST_SEGMENT + " bytes");
        }
        if (isDotGit(segment)) {
            throw refused(whole, "has a '.git' segment");
        }
    }

    /** {@code .git} in the spellings that Windows and macOS take for the same (git's verify_path, CVE-2014-9390). */
    private static boolean isDotGit(String segment) {
        StringBuilder plain = new StringBuilder();
        segment.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT) // HFS+ ignores zero-width characters
                .forEach(plain::appendCodePoint);
        String folded = plain.toString().toLowerCase(Locale.ROOT);
        int stream = folded.indexOf(':'); // an NTFS alternate data stream
        if (stream >= 0) {
            folded = folded.substring(0, stream);
        }
        folded = folded.replaceAll("[. ]+$", ""); // NTFS drops trailing dots and spaces
        return folded.equals(".git") || folded.equals("git~1");
    }

    /** The reason stands before the path, which may be so long that a header has no room for more. */
    private static HubException refused(String path, String why) {
        return new HubException(
                ErrorKind.UNPROCESSABLE, "Invalid path in repository, it " + why + ": " + Text.shown(path));
    }

    /** The part after the last slash. */
    public String fileName() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return text;
    }
}
