package org.kohakuhub.version.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.eclipse.jgit.internal.storage.dfs.DfsOutputStream;

/**
 * One file of a pack while it is written: in memory up to 8 MiB, then in a temporary file. JGit reads back what it has
 * written (to compare objects, to resolve deltas), so the bytes stay here until the pack is published or given up.
 */
final class PackOutput extends DfsOutputStream {
    private static final int LARGEST_IN_MEMORY = 8 << 20;

    private byte[] memory = new byte[8 << 10];
    private int used;
    private long size;
    private Path file;
    private FileChannel channel;

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (channel == null && used + length > LARGEST_IN_MEMORY) {
            spill();
        }
        if (channel != null) {
            ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
            append(rest, size);
        } else {
            if (used + length > memory.length) {
                memory = Arrays.copyOf(memory, Math.max(used + length, memory.length * 2));
            }
            System.arraycopy(bytes, offset, memory, used, length);
            used += length;
        }
        size += length;
    }

    private void spill() throws IOException {
        file = Files.createTempFile("hub-pack", ".tmp");
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        append(ByteBuffer.wrap(memory, 0, used), 0);
        memory = null;
    }

    private void append(ByteBuffer bytes, long end) throws IOException {
        long position = end;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    /** Changes what was written. */
    void overwrite(long position, byte[] bytes) throws IOException {
        if (channel != null) {
            append(ByteBuffer.wrap(bytes), position);
        } else {
            System.arraycopy(bytes, 0, memory, (int) position, bytes.length);
        }
    }

    @Override
    public int read(long position, ByteBuffer to) throws IOException {
        if (channel != null) {
            return channel.read(to, position);
        }
        if (position >= used) {
            return -1;
        }
        int n = Math.min(to.remaining(), used - (int) position);
        to.put(memory, (int) position, n);
        return n;
    }

    long size() {
        return size;
    }

    boolean isSmall() {
        return channel == null;
    }

    /** The bytes of a file that is still in memory. */
    byte[] bytes() {
        return Arrays.copyOf(memory, used);
    }

    /** Where a file is that has left memory. */
    Path file() {
        return file;
    }

    @Override
    public void close() {
        // JGit closes each file when it is complete; the bytes are needed until discard()
    }

    /** Frees what the bytes occupy. */
    void discard() {
        memory = null;
        if (channel != null) {
            try {
                channel.close();
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            channel = null;
        }
    }
}
