package org.kohakuhub.version.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jgit.internal.storage.dfs.ReadableChannel;

/** Reads a large file of a pack that is not published yet. */
final class StagedChannel implements ReadableChannel {
    private final PackOutput output;
    private long position;

    StagedChannel(PackOutput output) {
        this.output = output;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        int n = output.read(position, to);
        if (n > 0) {
            position += n;
        }
        return n;
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
        return output.size();
    }

    @Override
    public int blockSize() {
        return 0;
    }

    @Override
    public void setReadAheadBytes(int bytes) {
        // the file is local
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // the output is discarded with its pack
    }
}
