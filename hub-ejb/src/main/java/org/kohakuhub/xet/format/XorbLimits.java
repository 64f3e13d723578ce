package org.kohakuhub.xet.format;

/** How large a xorb may be (2.1, 5.2). */
public final class XorbLimits {
    /** Chunks of a xorb. */
    public static final int CHUNKS = 8_192;

    /** Uncompressed bytes of a xorb. */
    public static final int UNPACKED_BYTES = 64 << 20;

    /** Bytes of an upload: what the above may be packed to, and a footer. */
    public static final int BODY_BYTES = 68 << 20;

    private XorbLimits() {}
}
