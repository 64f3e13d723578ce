package org.kohakuhub.xet.format;

import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into chunks where the gear hash says so (4.4), as the client does: equal bytes give equal
 * chunks whoever cuts them. In memory is one chunk. Not for several threads.
 */
public final class Chunker {
    /** No chunk is longer, in bytes. */
    static final int LONGEST = 131_072;

    private static final int SHORTEST = 8_192;

    /** The hash forgets what is more than 64 bytes back, so nothing before this place can move the first cut. */
    private static final int FIRST_HASHED = SHORTEST - 64 - 1;

    private static final long MASK = 0xFFFF_0000_0000_0000L;
    private static final long[] GEAR = GearTable.read();

    private final Sink sink;
    private final byte[] chunk = new byte[LONGEST];
    private int length;
    private long hash;
    private boolean isWhole;

    /** Gives each chunk to {@code sink} as soon as it is whole. */
    public Chunker(Sink sink) {
        this.sink = sink;
    }

    /** Takes the next bytes of the file. */
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            int cut = cutWithin(bytes, at, end);
            int taken = cut - at;
            System.arraycopy(bytes, at, chunk, length, taken);
            length += taken;
            at = cut;
            if (isWhole) {
                emit();
            }
        }
    }

    /** The end of the file: what is left is the last chunk. */
    public void finish() throws IOException {
        if (length > 0) {
            emit();
        }
    }

    /** How far the current chunk reaches within these bytes; tells by {@link #isWhole} whether it ends there. */
    private int cutWithin(byte[] bytes, int from, int end) {
        int start = from - length; // where the chunk began, counted in these bytes; may be negative
        int longest = Math.min(end, start + LONGEST);
        int at = Math.max(from, start + FIRST_HASHED);
        long gear = hash;
        for (; at < longest; at++) {
            gear = (gear << 1) + GEAR[bytes[at] & 0xff];
            if ((gear & MASK) == 0 && at + 1 - start >= SHORTEST) {
                isWhole = true;
                return at + 1;
            }
        }
        hash = gear;
        isWhole = longest == start + LONGEST;
        return longest;
    }

    private void emit() throws IOException {
        byte[] whole = Arrays.copyOf(chunk, length);
        length = 0;
        hash = 0;
        isWhole = false;
        sink.accept(whole);
    }

    /** Takes the chunks of a file in their order. */
    @FunctionalInterface
    public interface Sink {
        /** One chunk, which is the sink's own from now on. */
        void accept(byte[] chunk) throws IOException;
    }
}
