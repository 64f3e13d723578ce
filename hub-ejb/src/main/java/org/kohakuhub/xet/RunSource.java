package org.kohakuhub.xet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import org.kohakuhub.common.HubException;
import org.kohakuhub.object.ObjectStore;

/** Where the chunk records of terms are read from. For one reader at a time. */
interface RunSource {
    /** Longer runs are read while they arrive. */
    int SMALL = 1 << 20;

    /**
     * The records of a term's chunks; the caller closes the stream.
     *
     * @throws IOException if they cannot be had
     */
    InputStream open(Term term) throws IOException;

    /** Straight from the object store. The last small run is remembered: where a file repeats itself, so do its terms. */
    static RunSource of(ObjectStore store) {
        return new RunSource() {
            private Term last;
            private byte[] records;

            @Override
            public InputStream open(Term term) throws IOException {
                if (term.storedLength() > SMALL) {
                    return stream(store, term);
                }
                if (!term.equals(last)) {
                    records = read(store, term);
                    last = term;
                }
                return new ByteArrayInputStream(records);
            }
        };
    }

    /** The records of a term as a stream from the object store. */
    static InputStream stream(ObjectStore store, Term term) throws IOException {
        try {
            return store.get(term.key(), term.byteStart(), term.storedLength());
        } catch (HubException | NoSuchElementException e) {
            throw unreadable(term, e);
        }
    }

    private static byte[] read(ObjectStore store, Term term) throws IOException {
        try {
            return store.getRange(term.key(), term.byteStart(), term.storedLength());
        } catch (HubException | NoSuchElementException e) {
            throw unreadable(term, e);
        }
    }

    private static IOException unreadable(Term term, RuntimeException cause) {
        return new IOException("Xorb " + term.xorb() + " cannot be read", cause);
    }
}
