package org.kohakuhub.xet.format;

import java.nio.ByteBuffer;
import org.kohakuhub.common.XetHash;

/**
 * A xorb as a shard describes it (5.4): the hash and place of each chunk. All of it is a claim of whoever sent the shard.
 */
public final class ShardXorb {
    private final XetHash hash;
    private final int unpackedBytes;
    private final byte[] chunks;

    ShardXorb(XetHash hash, int unpackedBytes, byte[] chunks) {
        this.hash = hash;
        this.unpackedBytes = unpackedBytes;
        this.chunks = chunks;
    }

    /** The xorb's hash. */
    public XetHash hash() {
        return hash;
    }

    /** Whether these are the chunks of the xorb that is stored. */
    public boolean describes(ChunkTable stored) {
        if (chunks.length != stored.count() * ShardFormat.ENTRY || unpackedBytes != stored.unpackedBytes()) {
            return false;
        }
        ByteBuffer entries = ShardFormat.littleEndian(chunks);
        for (int i = 0; i < stored.count(); i++) {
            entries.position(i * ShardFormat.ENTRY);
            boolean same = XetHash.read(entries).equals(stored.hash(i))
                    && entries.getInt() == stored.unpackedStart(i)
                    && entries.getInt() == stored.length(i);
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
