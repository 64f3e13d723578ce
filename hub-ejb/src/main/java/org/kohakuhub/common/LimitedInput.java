package org.kohakuhub.common;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body of which no more than so many bytes are read; more is a refusal, and so is one that breaks off. */
public final class LimitedInput extends FilterInputStream {
    private final long limit;
    private long read;

    /**
     * @param limit how many bytes may come
     */
    public LimitedInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() {
        int b = whole(super::read);
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        int n = whole(() -> super.read(bytes, offset, length));
        count(Math.max(n, 0));
        return n;
    }

    @Override
    public long skip(long n) {
        long skipped = whole(() -> super.skip(n));
        count(skipped);
        return skipped;
    }

    @Override
    public int available() {
        return whole(super::available); // servers fail here too
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    /** What fails here is the sender, who has gone; it is no defect of the hub. */
    private static <T> T whole(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new HubException(ErrorKind.INVALID, "The request body breaks off");
        }
    }

    private void count(long n) {
        read += n;
        if (read > limit) {
            throw new HubException(ErrorKind.TOO_LARGE, "The request body is longer than " + limit + " bytes");
        }
    }
}
