package org.kohakuhub.xet.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.kohakuhub.common.XetHash;

/**
 * The chunks of one stored xorb: of each its hash, its length, and where its record ends in the stored bytes. Offsets
 * belong to this stored copy: the same xorb may be packed otherwise elsewhere. Immutable; chunks are counted from 0,
 * ranges of chunks exclude their end.
 */
public final class ChunkTable {
    /** Bytes of one chunk in {@link #bytes()}: hash, u32 end of its record, u32 length. */
    private static final int ENTRY = XetHash.BYTES + 8;

    private final byte[] hashes;
    private final int[] storedEnds;
    private final int[] unpackedEnds;

    private ChunkTable(byte[] hashes, int[] storedEnds, int[] unpackedEnds) {
        this.hashes = hashes;
        this.storedEnds = storedEnds;
        this.unpackedEnds = unpackedEnds;
    }

    /** Reads what {@link #bytes()} wrote. */
    public static ChunkTable of(byte[] bytes) {
        int count = bytes.length / ENTRY;
        Builder table = new Builder();
        ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            XetHash hash = XetHash.read(from);
            table.add(hash, from.getInt(), from.getInt());
        }
        return table.build();
    }

    /** For keeping. */
    public byte[] bytes() {
        ByteBuffer to = ByteBuffer.allocate(count() * ENTRY).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count(); i++) {
            to.put(hashes, i * XetHash.BYTES, XetHash.BYTES)
                    .putInt(storedEnds[i])
                    .putInt(length(i));
        }
        return to.array();
    }

    /** How many chunks there are. */
    public int count() {
        return storedEnds.length;
    }

    /** A chunk's hash. */
    public XetHash hash(int chunk) {
        return XetHash.of(hashes, chunk * XetHash.BYTES);
    }

    /** A chunk's uncompressed bytes. */
    public int length(int chunk) {
        return unpackedEnds[chunk] - unpackedStart(chunk);
    }

    /** Uncompressed bytes before a chunk; the number of chunks gives those of the whole xorb. */
    public int unpackedStart(int chunk) {
        return chunk == 0 ? 0 : unpackedEnds[chunk - 1];
    }

    /** Stored bytes before a chunk's record; the number of chunks gives those of the whole xorb. */
    public int storedStart(int chunk) {
        return chunk == 0 ? 0 : storedEnds[chunk - 1];
    }

    /** Uncompressed bytes of all chunks. */
    public int unpackedBytes() {
        return unpackedStart(count());
    }

    /** Bytes of all records. */
    public int storedBytes() {
        return storedStart(count());
    }

    /** Uncompressed bytes of the chunks from {@code start} to before {@code end}. */
    public int unpackedBytes(int start, int end) {
        return unpackedStart(end) - unpackedStart(start);
    }

    /** The chunk that holds the uncompressed byte at {@code offset}. */
    public int chunkAt(int offset) {
        int found = Arrays.binarySearch(unpackedEnds, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The proof of possession of the chunks from {@code start} to before {@code end} (4.3). */
    public XetHash rangeHash(int start, int end) {
        return XetHashing.range(hashes, start * XetHash.BYTES, (end - start) * XetHash.BYTES);
    }

    /** Appends the chunks from {@code start} to before {@code end} to a tree. */
    public void addTo(MerkleRoot tree, int start, int end) {
        for (int i = start; i < end; i++) {
            tree.add(hash(i), length(i));
        }
    }

    /** Collects the chunks of a xorb in their order. */
    public static final class Builder {
        private byte[] hashes = new byte[64 * XetHash.BYTES];
        private int[] storedEnds = new int[64];
        private int[] unpackedEnds = new int[64];
        private int count;

        /** Appends a chunk. */
        public void add(XetHash hash, int storedEnd, int length) {
            if (count == storedEnds.length) {
                hashes = Arrays.copyOf(hashes, hashes.length * 2);
                storedEnds = Arrays.copyOf(storedEnds, count * 2);
                unpackedEnds = Arrays.copyOf(unpackedEnds, count * 2);
            }
            hash.write(ByteBuffer.wrap(hashes, count * XetHash.BYTES, XetHash.BYTES));
            storedEnds[count] = storedEnd;
            unpackedEnds[count] = unpackedBytes() + length;
            count++;
        }

        /** How many chunks there are so far. */
        public int count() {
            return count;
        }

        /** Uncompressed bytes so far. */
        public int unpackedBytes() {
            return count == 0 ? 0 : unpackedEnds[count - 1];
        }

        /** The table of what was added. */
        public ChunkTable build() {
            return new ChunkTable(
                    Arrays.copyOf(hashes, count * XetHash.BYTES),
                    Arrays.copyOf(storedEnds, count),
                    Arrays.copyOf(unpackedEnds, count));
        }
    }
}
