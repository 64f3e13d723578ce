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
     * The form under which names are compared: lower-case, without {@code -} and {@code _}, so that look-alikes
     * conflict.
     */
    public static String normalizedName(String name) {
        String folded = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return folded.replace("-", "").replace("_", "");
    }
}
