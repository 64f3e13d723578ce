package org.kohakuhub.xet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.object.ObjectStore;
import org.kohakuhub.xet.format.ChunkTable;

/** Finds the chunks that hold a part of a file, and reads files from them. Asks nobody: its callers have. */
@ApplicationScoped
public class XetFiles {
    /** Terms that are read from the database at once. */
    private static final int PAGE = 1_000;

    private final FileRows files;
    private final XorbRows xorbs;
    private final ObjectStore store;

    /** For the container's proxy only. */
    protected XetFiles() {
        this(null, null, null);
    }

    @Inject
    public XetFiles(FileRows files, XorbRows xorbs, ObjectStore store) {
        this.files = files;
        this.xorbs = xorbs;
        this.store = store;
    }

    /** The terms that hold the bytes from {@code from} to before {@code to}, cut down to the chunks that do. */
    Iterator<PlacedTerm> terms(XetHash file, long from, long to) {
        return new Pages(file, from, to);
    }

    /**
     * The bytes of a file from {@code from} on, {@code length} of them, which must be there. Nothing is fetched before
     * it is read; the caller closes the stream.
     */
    public InputStream open(XetHash file, long from, long length) {
        Iterator<PlacedTerm> terms = terms(file, from, from + length);
        if (!terms.hasNext()) {
            return InputStream.nullInputStream();
        }
        List<PlacedTerm> first = new ArrayList<>(List.of(terms.next()));
        long skip = from - first.get(0).offset();
        Iterator<Term> all = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !first.isEmpty() || terms.hasNext();
            }

            @Override
            public Term next() {
                return (first.isEmpty() ? terms.next() : first.remove(0)).term();
            }
        };
        return new ReassembledStream(RunSource.of(store), all, skip, length);
    }

    private PlacedTerm trimmed(PlacedTerm placed, long from, long to) {
        Term term = placed.term();
        long skipped = Math.max(0, from - placed.offset());
        long wanted = Math.min(term.length(), to - placed.offset());
        if (skipped == 0 && wanted == term.length()) {
            return placed;
        }
        StoredXorb xorb = xorbs.find(term.xorb()).orElseThrow(XetFiles::swept);
        ChunkTable chunks = xorb.chunks();
        int before = chunks.unpackedStart(term.start());
        int first = chunks.chunkAt(before + (int) skipped);
        int last = chunks.chunkAt(before + (int) wanted - 1);
        return new PlacedTerm(placed.offset() + chunks.unpackedStart(first) - before, Term.of(xorb, first, last + 1));
    }

    private static HubException swept() {
        return new HubException(ErrorKind.UNAVAILABLE, "The file is being removed");
    }

    /** Reads on in the database when a page is used up. */
    private final class Pages implements Iterator<PlacedTerm> {
        private final XetHash file;
        private final long to;
        private long from;
        private List<PlacedTerm> page = List.of();
        private int next;

        Pages(XetHash file, long from, long to) {
            this.file = file;
            this.from = from;
            this.to = to;
        }

        @Override
        public boolean hasNext() {
            if (next == page.size() && from < to) {
                page = files.terms(file, from, to, PAGE);
                next = 0;
            }
            return next < page.size();
        }

        @Override
        public PlacedTerm next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            PlacedTerm whole = page.get(next++);
            PlacedTerm part = trimmed(whole, from, to);
            from = whole.offset() + whole.term().length();
            return part;
        }
    }
}
