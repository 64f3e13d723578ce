package org.kohakuhub.xet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** A body of which no more than so many bytes are read; more is a refusal. */
final class LimitedInput extends FilterInputStream {
    private final long limit;
    private long read;

    LimitedInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        count(Math.max(n, 0));
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long n) {
        read += n;
        if (read > limit) {
            throw new HubException(ErrorKind.TOO_LARGE, "The request body is longer than " + limit + " bytes");
        }
    }
}
