package org.kohakuhub.weights;

import java.io.IOException;
import java.io.InputStream;

/**
 * The first bytes of a content, fetched in pieces that grow: how much of it will be read is not known beforehand, and a
 * store sends everything that it was asked for.
 */
final class PiecewiseStream extends InputStream {
    private static final int FIRST = 1 << 16;
    private static final int LARGEST = 1 << 22;

    private final Source source;
    private final long end;
    private long from;
    private int size = FIRST;
    private InputStream piece = InputStream.nullInputStream();
    private long left;

    /** A content, read from {@code from} on for {@code length} bytes, which must be there. */
    @FunctionalInterface
    interface Source {
        InputStream open(long from, long length) throws IOException;
    }

    /** The first {@code end} bytes, which must be there. */
    PiecewiseStream(Source source, long end) {
        this.source = source;
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !next()) {
            return -1;
        }
        int count = piece.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new IOException("The content ends " + left + " bytes early");
        }
        left -= count;
        return count;
    }

    private boolean next() throws IOException {
        piece.close();
        left = Math.min(size, end - from);
        if (left == 0) {
            return false;
        }
        piece = source.open(from, left);
        from += left;
        size = Math.min(LARGEST, size * 4);
        return true;
    }

    @Override
    public void close() throws IOException {
        piece.close();
    }
}
