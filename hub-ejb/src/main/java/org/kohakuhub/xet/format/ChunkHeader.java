package org.kohakuhub.xet.format;

/**
 * What stands before each chunk in a xorb (5.1), 8 bytes.
 *
 * @param storedLength bytes of the payload that follows
 * @param scheme how the payload is compressed
 * @param length bytes of the chunk once it is unpacked
 */
record ChunkHeader(int storedLength, ChunkScheme scheme, int length) {
    /** Bytes of a header. */
    static final int BYTES = 8;

    /** The current client reads no payload above this. */
    private static final int LONGEST_PAYLOAD = 262_144;

    private static final int VERSION = 0;

    static ChunkHeader parse(byte[] bytes) throws XetFormatException {
        if (bytes[0] != VERSION) {
            throw new XetFormatException("chunk record of version " + (bytes[0] & 0xff));
        }
        ChunkHeader header = new ChunkHeader(u24(bytes, 1), ChunkScheme.of(bytes[4]), u24(bytes, 5));
        if (header.length < 1 || header.length > Chunker.LONGEST) {
            throw new XetFormatException("chunk of " + header.length + " bytes");
        }
        if (header.storedLength > LONGEST_PAYLOAD) {
            throw new XetFormatException("chunk payload of " + header.storedLength + " bytes");
        }
        return header;
    }

    byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        bytes[0] = VERSION;
        putU24(bytes, 1, storedLength);
        bytes[4] = (byte) scheme.ordinal();
        putU24(bytes, 5, length);
        return bytes;
    }

    private static int u24(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
    }

    private static void putU24(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >>> 8);
        bytes[at + 2] = (byte) (value >>> 16);
    }
}
