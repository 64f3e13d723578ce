package org.kohakuhub.common;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The hash of a chunk, xorb or file, as the four little-endian numbers that the protocol sees in its 32 bytes. Its text
 * is not their plain hex: each number is printed by itself (3.1), so every group of eight bytes stands reversed. Hashes
 * are ordered as their texts are.
 */
public record XetHash(long first, long second, long third, long fourth) implements Comparable<XetHash> {
    /** Bytes of a hash in binary formats. */
    public static final int BYTES = 32;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final HexFormat HEX = HexFormat.of();
    private static final int DIGITS = 16;

    /** The hash that stands in {@code bytes} at {@code offset}. */
    public static XetHash of(byte[] bytes, int offset) {
        return read(ByteBuffer.wrap(bytes, offset, BYTES));
    }

    /** The hash of exactly these 32 bytes. */
    public static XetHash of(byte[] bytes) {
        return of(bytes, 0);
    }

    /** Reads the next 32 bytes; the buffer's order does not matter and stays. */
    public static XetHash read(ByteBuffer buffer) {
        ByteOrder order = buffer.order();
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        XetHash hash = new XetHash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
        buffer.order(order);
        return hash;
    }

    /**
     * Reads the text form.
     *
     * @throws HubException {@link ErrorKind#INVALID} if it is not 64 lower-case hex digits
     */
    public static XetHash parse(String text) {
        if (!looksLike(text)) {
            throw new HubException(ErrorKind.INVALID, "Not a Xet hash: " + Text.shown(text));
        }
        return new XetHash(number(text, 0), number(text, 1), number(text, 2), number(text, 3));
    }

    private static long number(String text, int index) {
        return HexFormat.fromHexDigitsToLong(text, index * DIGITS, (index + 1) * DIGITS);
    }

    /** Whether {@code text} has the form of a hash. */
    public static boolean looksLike(String text) {
        return FORM.matcher(text).matches();
    }

    /** How shards write a sha256: its ordinary hex read as if it were a Xet hash. */
    public static XetHash ofSha256(Sha256 sha256) {
        return parse(sha256.hex());
    }

    /** The sha256 that {@link #ofSha256} made this of. */
    public Sha256 toSha256() {
        return new Sha256(hex());
    }

    /** The 64 digits that paths, JSON and the texts of inner nodes show. */
    public String hex() {
        StringBuilder hex = new StringBuilder(4 * DIGITS);
        appendTo(hex);
        return hex.toString();
    }

    /** Appends the 64 digits. */
    public void appendTo(StringBuilder text) {
        text.append(HEX.toHexDigits(first))
                .append(HEX.toHexDigits(second))
                .append(HEX.toHexDigits(third))
                .append(HEX.toHexDigits(fourth));
    }

    /** The bytes of binary formats. */
    public byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        write(ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** Writes the 32 bytes; the buffer's order does not matter and stays. */
    public void write(ByteBuffer buffer) {
        ByteOrder order = buffer.order();
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(first).putLong(second).putLong(third).putLong(fourth);
        buffer.order(order);
    }

    /** The protocol's {@code hash mod n}: of the last number, unsigned. */
    public long modulo(long n) {
        return Long.remainderUnsigned(fourth, n);
    }

    @Override
    public int compareTo(XetHash other) {
        int order = Long.compareUnsigned(first, other.first);
        if (order == 0) {
            order = Long.compareUnsigned(second, other.second);
        }
        if (order == 0) {
            order = Long.compareUnsigned(third, other.third);
        }
        return order == 0 ? Long.compareUnsigned(fourth, other.fourth) : order;
    }

    @Override
    public String toString() {
        return hex();
    }
}
