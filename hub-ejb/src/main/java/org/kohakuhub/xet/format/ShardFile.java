package org.kohakuhub.xet.format;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;

/**
 * A file as a shard describes it (5.3): terms, one behind the other, each a run of neighbouring chunks of a xorb. All of
 * it is a claim of whoever sent the shard. Terms are kept as they came, because there may be hundreds of thousands.
 */
public final class ShardFile {
    private final XetHash hash;
    private final byte[] terms;
    private final byte[] rangeHashes;
    private final Sha256 sha256;

    ShardFile(XetHash hash, byte[] terms, byte[] rangeHashes, Sha256 sha256) {
        this.hash = hash;
        this.terms = terms;
        this.rangeHashes = rangeHashes;
        this.sha256 = sha256;
    }

    /** The file's hash. */
    public XetHash hash() {
        return hash;
    }

    /** How many terms there are. */
    public int termCount() {
        return terms.length / ShardFormat.ENTRY;
    }

    /** One term, counted from 0. */
    public Term term(int index) {
        ByteBuffer entry = ShardFormat.littleEndian(terms).position(index * ShardFormat.ENTRY);
        XetHash xorb = XetHash.read(entry);
        entry.getInt(); // flags, which mean nothing
        return new Term(xorb, entry.getInt(), entry.getInt(), entry.getInt());
    }

    /** Whether the sender proves that he has the chunks of all terms. */
    public boolean hasRangeHashes() {
        return rangeHashes.length > 0 || terms.length == 0;
    }

    /** The proof for one term. */
    public XetHash rangeHash(int index) {
        return XetHash.of(rangeHashes, index * ShardFormat.ENTRY);
    }

    /** The sha256 of the whole content; buckets send none. */
    public Optional<Sha256> sha256() {
        return Optional.ofNullable(sha256);
    }

    /**
     * A run of chunks. The numbers are unsigned 32-bit ones and may be any.
     *
     * @param unpackedBytes bytes of the chunks together
     * @param start the first chunk
     * @param end the chunk behind the last one
     */
    public record Term(XetHash xorb, int unpackedBytes, int start, int end) {}
}
