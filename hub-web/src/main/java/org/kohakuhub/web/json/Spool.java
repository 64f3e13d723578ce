package org.kohakuhub.web.json;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes that arrive now and are read later: in memory while they are few, in a file that goes with them when not. */
public final class Spool extends OutputStream {
    /** Up to this many bytes stay in memory. */
    static final int IN_MEMORY = 1 << 20;

    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private Path file;
    private OutputStream toFile;
    private long length;

    /** How many bytes there are. */
    public long length() {
        return length;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        length += count;
        if (toFile == null && length <= IN_MEMORY) {
            memory.write(bytes, offset, count);
            return;
        }
        if (toFile == null) {
            file = Files.createTempFile("hub-upload-", ".part");
            toFile = Files.newOutputStream(file);
            memory.writeTo(toFile);
            memory = new ByteArrayOutputStream(0);
        }
        toFile.write(bytes, offset, count);
    }

    /** All bytes from the start; nothing may be written afterwards. */
    public InputStream open() throws IOException {
        if (toFile == null) {
            return new ByteArrayInputStream(memory.toByteArray());
        }
        toFile.flush();
        return Files.newInputStream(file);
    }

    @Override
    public void close() throws IOException {
        memory = new ByteArrayOutputStream(0);
        if (toFile != null) {
            toFile.close();
            Files.deleteIfExists(file);
        }
    }
}
