package org.kohakuhub.xet.format;

/** How a chunk's payload is compressed (5.1); the ordinals are the protocol's numbers. */
enum ChunkScheme {
    /** As it is. */
    NONE,
    /** A complete LZ4 frame. */
    LZ4,
    /** Every fourth byte together, four planes one behind the other, as an LZ4 frame: good for 32-bit numbers. */
    BG4_LZ4;

    private static final ChunkScheme[] ALL = values();

    static ChunkScheme of(byte number) throws XetFormatException {
        if (number < 0 || number >= ALL.length) {
            throw new XetFormatException("unknown compression scheme " + (number & 0xff));
        }
        return ALL[number];
    }
}
