package org.kohakuhub.xet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.xet.format.DedupShard;
import org.kohakuhub.xet.format.MerkleRoot;
import org.kohakuhub.xet.format.VerifiedXorb;
import org.kohakuhub.xet.format.XetHashing;
import org.kohakuhub.xet.format.XorbWriter;

/**
 * Makes a file out of chunks as a client would: chunks that the hub has are named, others are packed into new xorbs. Not
 * for several threads.
 */
final class FileBuilder implements AutoCloseable {
    private static final System.Logger log = System.getLogger(FileBuilder.class.getName());

    /** Where chunks were seen is remembered for so many of them: some 16 GiB of content. */
    private static final int REMEMBERED = 262_144;

    private final XorbRows xorbs;
    private final Store store;
    private final MerkleRoot root = new MerkleRoot();
    private final Map<XetHash, Place> known = new HashMap<>();
    private final List<Run> runs = new ArrayList<>();
    private XetHash firstChunk;
    private long size;

    private Path file;
    private OutputStream records;
    private XorbWriter writer;
    private Xorb open = new Xorb();

    FileBuilder(XorbRows xorbs, Store store) {
        this.xorbs = xorbs;
        this.store = store;
    }

    /** Keeps a xorb whose records are in a file. */
    interface Store {
        StoredXorb store(VerifiedXorb xorb, Path records);
    }

    /** A xorb that may still be open, and then has no name yet. */
    private static final class Xorb {
        private StoredXorb stored;
    }

    private record Place(Xorb xorb, int chunk) {}

    private record Run(Xorb xorb, int start, int end) {}

    void add(byte[] chunk) throws IOException {
        XetHash hash = XetHashing.chunk(chunk, 0, chunk.length);
        root.add(hash, chunk.length);
        size += chunk.length;
        boolean first = firstChunk == null;
        if (first) {
            firstChunk = hash;
        }
        if (!known.containsKey(hash) && (first || DedupShard.isEligible(hash))) {
            xorbs.byChunk(hash).flatMap(xorbs::find).ifPresent(this::remember);
        }
        Place place = known.get(hash);
        append(place == null ? pack(hash, chunk) : place);
    }

    private void remember(StoredXorb stored) {
        Xorb xorb = new Xorb();
        xorb.stored = stored;
        for (int i = 0; i < stored.chunks().count() && known.size() < REMEMBERED; i++) {
            known.putIfAbsent(stored.chunks().hash(i), new Place(xorb, i));
        }
    }

    private Place pack(XetHash hash, byte[] chunk) throws IOException {
        if (writer != null && !writer.hasRoom(chunk.length)) {
            closeXorb();
        }
        if (writer == null) {
            file = Files.createTempFile("hub-xorb-", ".part");
            records = new BufferedOutputStream(Files.newOutputStream(file), 256 << 10);
            writer = new XorbWriter(records);
            open = new Xorb();
        }
        Place place = new Place(open, writer.count());
        writer.add(hash, chunk);
        if (known.size() < REMEMBERED) {
            known.put(hash, place);
        }
        return place;
    }

    private void append(Place place) {
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last != null && last.xorb() == place.xorb() && last.end() == place.chunk()) {
            runs.set(runs.size() - 1, new Run(last.xorb(), last.start(), last.end() + 1));
        } else {
            runs.add(new Run(place.xorb(), place.chunk(), place.chunk() + 1));
        }
    }

    private void closeXorb() throws IOException {
        records.close();
        open.stored = store.store(writer.finish(), file);
        Files.delete(file);
        file = null;
        writer = null;
    }

    /** What came out: nothing may be added afterwards. At least one chunk must have been. */
    Built finish() throws IOException {
        if (writer != null) {
            closeXorb();
        }
        List<PlacedTerm> terms = new ArrayList<>();
        long offset = 0;
        for (Run run : runs) {
            Term term = Term.of(run.xorb().stored, run.start(), run.end());
            terms.add(new PlacedTerm(offset, term));
            offset += term.length();
        }
        return new Built(XetHashing.file(root), size, firstChunk, terms);
    }

    /** A file whose xorbs are stored and which no row names yet. */
    record Built(XetHash hash, long size, XetHash firstChunk, List<PlacedTerm> terms) {}

    @Override
    public void close() {
        try {
            if (file != null) {
                records.close();
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.log(Level.WARNING, "Left behind: {0}", file);
        }
    }
}
