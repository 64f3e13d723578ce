package org.kohakuhub.xet.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.kohakuhub.common.XetHash;

/**
 * A xorb that was read to its end and found whole.
 *
 * @param hash of what was read, not of what somebody said
 */
public record VerifiedXorb(XetHash hash, ChunkTable chunks) {
    /**
     * Reads a xorb, hashes each chunk, and copies the records (and no footer) to {@code records}.
     *
     * @throws XetFormatException if it breaks a rule of section 6
     * @throws IOException if one of the streams fails
     */
    public static VerifiedXorb read(InputStream body, OutputStream records) throws IOException {
        XorbReader reader = new XorbReader(body);
        ChunkTable.Builder chunks = new ChunkTable.Builder();
        MerkleRoot root = new MerkleRoot();
        int stored = 0;
        while (reader.next()) {
            if (chunks.count() == XorbLimits.CHUNKS) {
                throw new XetFormatException("more than " + XorbLimits.CHUNKS + " chunks");
            }
            byte[] chunk = reader.chunk();
            if (chunk.length > XorbLimits.UNPACKED_BYTES - chunks.unpackedBytes()) {
                throw new XetFormatException("more than " + XorbLimits.UNPACKED_BYTES + " uncompressed bytes");
            }
            XetHash hash = XetHashing.chunk(chunk, 0, chunk.length);
            stored += reader.storedBytes();
            chunks.add(hash, stored, chunk.length);
            root.add(hash, chunk.length);
            reader.copyRecord(records);
        }
        if (root.isEmpty()) {
            throw new XetFormatException("no chunk at all");
        }
        return new VerifiedXorb(root.finish(), chunks.build());
    }
}
