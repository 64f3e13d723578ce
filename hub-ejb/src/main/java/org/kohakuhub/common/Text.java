package org.kohakuhub.common;

import java.text.Normalizer;
import java.util.Locale;

/** Untrusted text made fit for headers, logs and comparison. */
public final class Text {
    private static final int LONGEST_SHOWN = 300;

    private Text() {}

    /** Printable ASCII of bounded length: error messages end in headers and logs. */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), LONGEST_SHOWN));
        for (int i = 0; i < text.length() && shown.length() < LONGEST_SHOWN; i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c < 127 ? c : '?');
        }
        return shown.toString();
    }

    /**
     * Text that is to be kept: bounded, and without what a database's text cannot hold, which SQLite would take and
     * PostgreSQL refuse.
     *
     * @param field what the refusal calls it
     * @param longest UTF-16 units
     * @return the text itself
     * @throws HubException {@link ErrorKind#INVALID} for a longer one, or one with a NUL or half a character
     */
    public static String storable(String field, String text, int longest) {
        if (text.length() > longest) {
            throw new HubException(ErrorKind.INVALID, field + " may have " + longest + " characters at most");
        }
        if (text.indexOf('\0') >= 0) {
            throw new HubException(ErrorKind.INVALID, field + " holds a NUL character");
        }
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new HubException(ErrorKind.INVALID, field + " is not valid unicode");
        }
        return text;
    }

    /**
     * The form under which names are compared: lower-case, without {@code -} and {@code _}, so that look-alikes
     * conflict.
     */
    public static String normalizedName(String name) {
        String folded = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return folded.replace("-", "").replace("_", "");
    }
}
