package org.kohakuhub.version.git;

import java.nio.ByteBuffer;
import org.eclipse.jgit.internal.storage.dfs.ReadableChannel;

/** Reads one file of a pack: from bytes in memory, or through the {@link SegmentCache}. For one thread. */
abstract class PackChannel implements ReadableChannel {
    private final long size;
    private final int blockSize;
    private long position;
    private boolean open = true;

    private PackChannel(long size, int blockSize) {
        this.size = size;
        this.blockSize = blockSize;
    }

    static PackChannel of(byte[] bytes) {
        // one block: an index is then read in one step
        return new PackChannel(bytes.length, 0) {
            @Override
            int copy(long from, ByteBuffer to, int length) {
                to.put(bytes, (int) from, length);
                return length;
            }
        };
    }

    static PackChannel of(SegmentCache cache, String key, long size) {
        return new PackChannel(size, 0) {
            @Override
            int copy(long from, ByteBuffer to, int length) {
                byte[] segment = cache.segment(key, from / SegmentCache.SEGMENT);
                int start = (int) (from % SegmentCache.SEGMENT);
                int n = Math.min(length, segment.length - start);
                to.put(segment, start, n);
                return n;
            }
        };
    }

    /** Copies at most {@code length} bytes, at least one. */
    abstract int copy(long from, ByteBuffer to, int length);

    @Override
    public int read(ByteBuffer to) {
        if (position >= size) {
            return -1;
        }
        int wanted = (int) Math.min(to.remaining(), size - position);
        int done = 0;
        while (done < wanted) {
            int n = copy(position, to, wanted - done);
            position += n;
            done += n;
        }
        return done;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void position(long newPosition) {
        position = newPosition;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int blockSize() {
        return blockSize;
    }

    @Override
    public void setReadAheadBytes(int bytes) {
        // a segment is read whole anyway
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
