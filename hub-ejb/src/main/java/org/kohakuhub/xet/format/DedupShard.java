package org.kohakuhub.xet.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import org.kohakuhub.common.XetHash;

/**
 * The answer to a dedup query (5.6): whole xorbs, whose chunk hashes are keyed, so that nobody learns from it the hash
 * of a chunk that he does not have.
 */
public final class DedupShard {
    /** Bit 31 of a chunk's flags: clients may ask for it. */
    private static final int ELIGIBLE = 1 << 31;

    /** One chunk in so many is eligible (4.5). */
    private static final int ELIGIBLE_ONE_IN = 1_024;

    private final byte[] key;
    private final Instant created;
    private final Instant expires;

    /**
     * An answer to be made.
     *
     * @param key 32 random bytes
     * @param expires from when on a later session of the client does not use it any more
     */
    public DedupShard(byte[] key, Instant created, Instant expires) {
        this.key = key.clone();
        this.created = created;
        this.expires = expires;
    }

    /** Whether clients ask for a chunk by its hash alone. */
    public static boolean isEligible(XetHash chunk) {
        return chunk.modulo(ELIGIBLE_ONE_IN) == 0;
    }

    /** The answer's bytes. */
    public byte[] write(List<VerifiedXorb> xorbs) {
        int entries = xorbs.stream().mapToInt(xorb -> 1 + xorb.chunks().count()).sum();
        int footerAt = (3 + entries) * ShardFormat.ENTRY; // header and two bookends
        ByteBuffer shard = ByteBuffer.allocate(footerAt + ShardFormat.FOOTER).order(ByteOrder.LITTLE_ENDIAN);
        ShardFormat.putHeader(shard, ShardFormat.FOOTER);
        ShardFormat.putBookend(shard);
        xorbs.stream().sorted((a, b) -> a.hash().compareTo(b.hash())).forEach(xorb -> putXorb(shard, xorb));
        ShardFormat.putBookend(shard);
        putFooter(shard, footerAt, xorbs);
        return shard.array();
    }

    private void putXorb(ByteBuffer shard, VerifiedXorb xorb) {
        ChunkTable chunks = xorb.chunks();
        xorb.hash().write(shard);
        shard.putInt(0).putInt(chunks.count()).putInt(chunks.unpackedBytes()).putInt(chunks.storedBytes());
        for (int i = 0; i < chunks.count(); i++) {
            XetHash hash = chunks.hash(i);
            XetHashing.keyedChunk(key, hash).write(shard);
            shard.putInt(chunks.unpackedStart(i)).putInt(chunks.length(i));
            shard.putInt(isEligible(hash) ? ELIGIBLE : 0).putInt(0);
        }
    }

    /** Without look-up tables: clients then read the sections. */
    private void putFooter(ByteBuffer shard, int footerAt, List<VerifiedXorb> xorbs) {
        long stored =
                xorbs.stream().mapToLong(xorb -> xorb.chunks().storedBytes()).sum();
        long unpacked =
                xorbs.stream().mapToLong(xorb -> xorb.chunks().unpackedBytes()).sum();
        shard.putLong(ShardFormat.FOOTER_VERSION);
        shard.putLong(ShardFormat.ENTRY).putLong(2L * ShardFormat.ENTRY);
        for (int table = 0; table < 3; table++) {
            shard.putLong(footerAt).putLong(0);
        }
        shard.put(key).putLong(created.getEpochSecond()).putLong(expires.getEpochSecond());
        shard.put(new byte[48]);
        shard.putLong(stored).putLong(0).putLong(unpacked).putLong(footerAt);
    }
}
