package org.kohakuhub.xet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.kohakuhub.common.HubException;
import org.kohakuhub.object.ObjectStore;
import org.kohakuhub.xet.format.XorbReader;

/**
 * The bytes of terms, one behind the other. Each term is one read of the object store, which is unpacked while it
 * arrives; in memory is one chunk. What is too short or damaged is an {@link IOException}, never other bytes.
 */
final class ReassembledStream extends InputStream {
    /** Runs that are no longer are remembered: where a file repeats itself, so do its terms. */
    private static final int SMALL = 1 << 20;

    private final ObjectStore store;
    private final Iterator<Term> terms;
    private long skip;
    private long left;

    private Term term;
    private int leftInTerm;
    private InputStream records = InputStream.nullInputStream();
    private XorbReader reader;
    private byte[] small;

    private byte[] chunk = new byte[0];
    private int position;

    /**
     * The bytes behind the first {@code skip} of these terms.
     *
     * @param length how many bytes the stream has
     */
    ReassembledStream(ObjectStore store, Iterator<Term> terms, long skip, long length) {
        this.store = store;
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
        records = open(next);
        reader = new XorbReader(records);
        term = next;
        leftInTerm = next.length();
    }

    private InputStream open(Term next) throws IOException {
        int length = next.byteEnd() - next.byteStart();
        try {
            if (length > SMALL) {
                small = null;
                return store.get(next.key(), next.byteStart(), length);
            }
            if (small == null || !next.equals(term)) {
                small = store.getRange(next.key(), next.byteStart(), length);
            }
            return new ByteArrayInputStream(small);
        } catch (HubException | NoSuchElementException e) {
            throw new IOException("Xorb " + next.xorb() + " cannot be read", e);
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
        left = 0;
    }
}
