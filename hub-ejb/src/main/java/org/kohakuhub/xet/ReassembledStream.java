package org.kohakuhub.xet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import org.kohakuhub.xet.format.XorbReader;

/**
 * The bytes of terms, one behind the other. Each term is one read of the object store, which is unpacked while it
 * arrives; in memory is one chunk. What is too short or damaged is an {@link IOException}, never other bytes.
 */
final class ReassembledStream extends InputStream {
    private final RunSource source;
    private final Iterator<Term> terms;
    private long skip;
    private long left;

    private Term term;
    private int leftInTerm;
    private InputStream records = InputStream.nullInputStream();
    private XorbReader reader;
    private byte[] chunk = new byte[0];
    private int position;

    /**
     * The bytes behind the first {@code skip} of these terms.
     *
     * @param length how many bytes the stream has
     */
    ReassembledStream(RunSource source, Iterator<Term> terms, long skip, long length) {
        this.source = source;
        this.terms = terms;
        this.skip = skip;
        this.left = length;
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
        if (left == 0) {
            return -1;
        }
        while (position == chunk.length) {
            nextChunk();
        }
        int count = (int) Math.min(left, Math.min(length, chunk.length - position));
        System.arraycopy(chunk, position, bytes, offset, count);
        position += count;
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (leftInTerm == 0) {
            nextTerm();
        }
        if (!reader.next() || reader.length() > leftInTerm) {
            throw new IOException("Xorb " + term.xorb() + " does not have the chunks that it had");
        }
        leftInTerm -= reader.length();
        if (skip >= reader.length()) {
            skip -= reader.length();
            return; // the current chunk is used up already
        }
        chunk = reader.chunk();
        position = (int) skip;
        skip = 0;
    }

    private void nextTerm() throws IOException {
        records.close();
        if (!terms.hasNext()) {
            throw new IOException("The file ends " + left + " bytes early");
        }
        Term next = terms.next();
        records = source.open(next);
        reader = new XorbReader(records);
        term = next;
        leftInTerm = next.length();
    }

    @Override
    public void close() throws IOException {
        records.close();
        left = 0;
    }
}
