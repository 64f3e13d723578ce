package org.kohakuhub.common;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of a file's bytes, as 64 lower-case hex digits: git-lfs calls it the oid. */
public record Sha256(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /**
     * @throws HubException {@link ErrorKind#INVALID} if {@code hex} has another form
     */
    public Sha256 {
        if (!FORM.matcher(hex).matches()) {
            throw new HubException(ErrorKind.INVALID, "Not a sha256: " + Text.shown(hex));
        }
    }

    /** The id that these raw digest bytes spell. */
    public static Sha256 of(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    /** Whether {@code text} has the form of a whole id. */
    public static boolean looksLike(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return hex;
    }
}
