package org.kohakuhub.account;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** A picture of a user or an organization. Its type is what the bytes begin with, and not what somebody says. */
public final class Picture {
    /** Bytes. */
    public static final int LARGEST = 2 << 20;

    private final String type;
    private final byte[] bytes;

    Picture(String type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /**
     * Takes bytes for a picture.
     *
     * @throws HubException INVALID for what is none, TOO_LARGE
     */
    public static Picture of(byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new HubException(ErrorKind.TOO_LARGE, "A picture may have " + LARGEST + " bytes at most");
        }
        return new Picture(
                type(bytes)
                        .orElseThrow(() -> new HubException(
                                ErrorKind.INVALID, "The picture must be a JPEG, PNG, WebP or GIF file")),
                bytes.clone());
    }

    private static Optional<String> type(byte[] bytes) {
        if (begins(bytes, 0, "\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        if (begins(bytes, 0, "\u0089PNG\r\n\u001a\n")) {
            return Optional.of("image/png");
        }
        if (begins(bytes, 0, "GIF87a") || begins(bytes, 0, "GIF89a")) {
            return Optional.of("image/gif");
        }
        return begins(bytes, 0, "RIFF") && begins(bytes, 8, "WEBP") ? Optional.of("image/webp") : Optional.empty();
    }

    private static boolean begins(byte[] bytes, int at, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < at + wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** The media type. */
    public String type() {
        return type;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
