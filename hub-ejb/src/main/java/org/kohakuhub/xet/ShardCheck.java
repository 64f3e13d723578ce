package org.kohakuhub.xet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.xet.XetLedger.EligibleChunk;
import org.kohakuhub.xet.format.ChunkTable;
import org.kohakuhub.xet.format.DedupShard;
import org.kohakuhub.xet.format.MerkleRoot;
import org.kohakuhub.xet.format.ShardFile;
import org.kohakuhub.xet.format.ShardReader;
import org.kohakuhub.xet.format.ShardXorb;
import org.kohakuhub.xet.format.XetFormatException;
import org.kohakuhub.xet.format.XetHashing;

/**
 * Holds what a shard claims against what is stored (docs/xet-protocol.md, 6): everything but the sha256 of its files.
 * A term needs the proof that its sender has the chunks: their hashes, which nobody learns who does not have them.
 */
final class ShardCheck {
    private final CasHome home;
    private final ShardBody body;
    private final StoredXorbs stored;

    ShardCheck(CasHome home, ShardBody body, XorbRows rows) {
        this.home = home;
        this.body = body;
        this.stored = new StoredXorbs(rows);
    }

    /** Takes one file whose chunks are what the shard says. */
    interface FileSink {
        void accept(CheckedFile file) throws IOException;
    }

    /**
     * A file that its chunks were found to make up.
     *
     * @param sha256 what the shard claims; empty for a bucket, which does not ask
     * @param firstChunk of an empty file, its own hash, which no chunk has
     */
    record CheckedFile(XetHash hash, Optional<Sha256> sha256, long size, XetHash firstChunk, List<PlacedTerm> terms) {}

    /**
     * Reads all files, checking each before it is handed on.
     *
     * @return chunks of the shard's new xorbs that clients may ask for
     * @throws XetFormatException if anything does not hold
     */
    List<EligibleChunk> read(FileSink sink) throws IOException {
        try (InputStream in = new BufferedInputStream(body.open(), 64 << 10)) {
            ShardReader reader = new ShardReader(in, body.length());
            for (var file = reader.nextFile(); file.isPresent(); file = reader.nextFile()) {
                read(file.get(), sink);
            }
            List<EligibleChunk> eligible = new ArrayList<>();
            Set<XetHash> seen = new HashSet<>();
            for (var xorb = reader.nextXorb(); xorb.isPresent(); xorb = reader.nextXorb()) {
                if (seen.add(xorb.get().hash())) {
                    addEligible(described(xorb.get()), eligible);
                }
            }
            return eligible;
        }
    }

    private void read(ShardFile file, FileSink sink) throws IOException {
        if (file.termCount() == 0) {
            sink.accept(empty(file));
            return;
        }
        if (!file.hasRangeHashes()) {
            throw new XetFormatException("file " + file.hash() + " has no verification entries");
        }
        if (home instanceof CasHome.OfRepository && file.sha256().isEmpty()) {
            throw new XetFormatException("file " + file.hash() + " has no sha256");
        }
        MerkleRoot root = new MerkleRoot();
        List<PlacedTerm> terms = new ArrayList<>(file.termCount());
        long size = 0;
        for (int i = 0; i < file.termCount(); i++) {
            ShardFile.Term claimed = file.term(i);
            StoredXorb xorb = find(claimed.xorb());
            checkTerm(claimed, xorb.chunks());
            if (!xorb.chunks().rangeHash(claimed.start(), claimed.end()).equals(file.rangeHash(i))) {
                throw new XetFormatException("wrong range hash for chunks of xorb " + claimed.xorb());
            }
            xorb.chunks().addTo(root, claimed.start(), claimed.end());
            Term term = Term.of(xorb, claimed.start(), claimed.end());
            terms.add(new PlacedTerm(size, term));
            size += term.length();
        }
        if (!XetHashing.file(root).equals(file.hash())) {
            throw new XetFormatException("the chunks of file " + file.hash() + " have another hash");
        }
        Term first = terms.get(0).term();
        XetHash firstChunk = find(first.xorb()).chunks().hash(first.start());
        sink.accept(new CheckedFile(file.hash(), file.sha256(), size, firstChunk, terms));
    }

    /** In a repository an empty file is git's, and never comes here; in a bucket it is a file as any other. */
    private CheckedFile empty(ShardFile file) throws XetFormatException {
        boolean right = file.hash().equals(XetHashing.file(new MerkleRoot()));
        if (home instanceof CasHome.OfRepository || !right) {
            throw new XetFormatException("file " + file.hash() + " has no content");
        }
        return new CheckedFile(file.hash(), Optional.empty(), 0, file.hash(), List.of());
    }

    private static void checkTerm(ShardFile.Term claimed, ChunkTable chunks) throws XetFormatException {
        boolean within = claimed.start() >= 0 && claimed.start() < claimed.end() && claimed.end() <= chunks.count();
        if (!within) {
            throw new XetFormatException("a term names chunks that xorb " + claimed.xorb() + " does not have");
        }
        if (chunks.unpackedBytes(claimed.start(), claimed.end()) != claimed.unpackedBytes()) {
            throw new XetFormatException("wrong length for chunks of xorb " + claimed.xorb());
        }
    }

    private StoredXorb described(ShardXorb claimed) throws XetFormatException {
        StoredXorb xorb = find(claimed.hash());
        if (!claimed.describes(xorb.chunks())) {
            throw new XetFormatException("the chunks of xorb " + claimed.hash() + " are others");
        }
        return xorb;
    }

    private StoredXorb find(XetHash xorb) throws XetFormatException {
        return stored.find(xorb).orElseThrow(() -> new XetFormatException("xorb " + xorb + " is not stored here"));
    }

    private static void addEligible(StoredXorb xorb, List<EligibleChunk> eligible) {
        for (int i = 0; i < xorb.chunks().count(); i++) {
            XetHash chunk = xorb.chunks().hash(i);
            if (DedupShard.isEligible(chunk)) {
                eligible.add(new EligibleChunk(chunk, xorb.hash()));
            }
        }
    }
}
