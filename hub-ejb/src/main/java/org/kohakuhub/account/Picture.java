package org.kohakuhub.account;

import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.MediaFormat;

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
                MediaFormat.image(bytes)
                        .map(MediaFormat::type)
                        .orElseThrow(() -> new HubException(
                                ErrorKind.INVALID, "The picture must be a JPEG, PNG, WebP or GIF file")),
                bytes.clone());
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
