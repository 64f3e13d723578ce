package org.kohakuhub.common;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** The id of a git object, as 40 lower-case hex digits. */
public record GitOid(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

    /**
     * @throws HubException {@link ErrorKind#INVALID} if {@code hex} has another form
     */
    public GitOid {
        if (!FORM.matcher(hex).matches()) {
            throw new HubException(ErrorKind.INVALID, "Not a git object id: " + Text.shown(hex));
        }
    }

    /** The id that these raw digest bytes spell. */
    public static GitOid of(byte[] digest) {
        return new GitOid(HexFormat.of().formatHex(digest));
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
