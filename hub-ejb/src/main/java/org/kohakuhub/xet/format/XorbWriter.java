package org.kohakuhub.xet.format;

import java.io.IOException;
import java.io.OutputStream;
import org.kohakuhub.common.XetHash;

/**
 * Packs chunks into a xorb (5.2, without footer). Each is stored in the scheme that did best on the last one tried, or
 * as it is where that is not shorter. Not for several threads; does not close its stream.
 */
public final class XorbWriter {
    /** As the client does, the schemes are compared again after so many chunks. */
    private static final int TRIAL_EVERY = 32;

    private final OutputStream out;
    private final ChunkTable.Builder chunks = new ChunkTable.Builder();
    private final MerkleRoot root = new MerkleRoot();
    private ChunkScheme scheme = ChunkScheme.LZ4;
    private int stored;

    /** Writes records to {@code out} as they are added. */
    public XorbWriter(OutputStream out) {
        this.out = out;
    }

    /** Whether there is room for a chunk of this many bytes. */
    public boolean hasRoom(int length) {
        return chunks.count() < XorbLimits.CHUNKS && length <= XorbLimits.UNPACKED_BYTES - chunks.unpackedBytes();
    }

    /** How many chunks there are so far. */
    public int count() {
        return chunks.count();
    }

    /** Appends a chunk whose hash is known. */
    public void add(XetHash hash, byte[] chunk) throws IOException {
        if (!hasRoom(chunk.length)) {
            throw new IllegalStateException("This xorb is full");
        }
        byte[] packed = pack(chunk);
        ChunkScheme used = packed.length < chunk.length ? scheme : ChunkScheme.NONE;
        byte[] payload = used == ChunkScheme.NONE ? chunk : packed;
        out.write(new ChunkHeader(payload.length, used, chunk.length).bytes());
        out.write(payload);
        stored += ChunkHeader.BYTES + payload.length;
        chunks.add(hash, stored, chunk.length);
        root.add(hash, chunk.length);
    }

    private byte[] pack(byte[] chunk) {
        if (chunks.count() % TRIAL_EVERY != 0) {
            return ChunkCodec.pack(scheme, chunk);
        }
        byte[] plain = ChunkCodec.pack(ChunkScheme.LZ4, chunk);
        byte[] planes = ChunkCodec.pack(ChunkScheme.BG4_LZ4, chunk);
        scheme = planes.length < plain.length ? ChunkScheme.BG4_LZ4 : ChunkScheme.LZ4;
        return scheme == ChunkScheme.LZ4 ? plain : planes;
    }

    /** What was written; nothing may be added afterwards. */
    public VerifiedXorb finish() {
        return new VerifiedXorb(root.finish(), chunks.build());
    }
}
