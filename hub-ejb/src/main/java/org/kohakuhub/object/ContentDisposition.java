package org.kohakuhub.object;

import java.nio.charset.StandardCharsets;

/**
 * What a browser shall do with a download (RFC 6266): the name in both spellings, so that old clients get ASCII and
 * others the true one.
 *
 * @param text the header's value, printable ASCII
 */
public record ContentDisposition(String text) {
    /** RFC 5987's attr-char, beside letters and digits. */
    private static final String PLAIN = "!#$&+-.^_`|~";

    /** Shown where it can be shown. */
    public static ContentDisposition inline(String fileName) {
        return new ContentDisposition("inline; " + named(fileName));
    }

    /** Saved, not shown. */
    public static ContentDisposition attachment(String fileName) {
        return new ContentDisposition("attachment; " + named(fileName));
    }

    private static String named(String fileName) {
        return "filename*=UTF-8''" + encoded(fileName) + "; filename=\"" + ascii(fileName) + "\";";
    }

    private static String encoded(String fileName) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : fileName.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isAlphanumeric(c) || PLAIN.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    /** Without what a quoted string, a path or a header must not hold. */
    private static String ascii(String fileName) {
        StringBuilder ascii = new StringBuilder();
        fileName.codePoints().forEach(c -> {
            boolean harmless = c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '/' && c != '%' && c != ';';
            ascii.append(harmless ? (char) c : '_');
        });
        return ascii.toString();
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
