package org.kohakuhub.xet.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.kohakuhub.common.XetHash;

/** What shards are made of: entries of 48 bytes behind a header of 48 bytes (5.3 to 5.5). */
final class ShardFormat {
    /** Bytes of the header and of every entry. */
    static final int ENTRY = 48;

    static final int FOOTER = 200;
    static final long VERSION = 2;
    static final long FOOTER_VERSION = 1;
    static final int HAS_RANGE_HASHES = 1 << 31;
    static final int HAS_SHA256 = 1 << 30;

    private static final byte[] TAG =
            HexFormat.of().parseHex("48465265706f4d6574614461746100556967456a7b815783a5bdd95ccdd14aa9");
    private static final byte[] BOOKEND = bookend();

    private ShardFormat() {}

    private static byte[] bookend() {
        byte[] bookend = new byte[ENTRY];
        Arrays.fill(bookend, 0, XetHash.BYTES, (byte) 0xff);
        return bookend;
    }

    static boolean isBookend(byte[] entry) {
        return Arrays.equals(entry, 0, XetHash.BYTES, BOOKEND, 0, XetHash.BYTES);
    }

    static boolean isTagged(byte[] header) {
        return Arrays.equals(header, 0, TAG.length, TAG, 0, TAG.length);
    }

    static void putHeader(ByteBuffer to, long footerBytes) {
        to.put(TAG).putLong(VERSION).putLong(footerBytes);
    }

    static void putBookend(ByteBuffer to) {
        to.put(BOOKEND);
    }

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
