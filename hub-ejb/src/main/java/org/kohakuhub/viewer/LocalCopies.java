package org.kohakuhub.viewer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.ViewerConfig;

/**
 * Copies of data files on this node's disk, by their content: least recently used ones give way, none that somebody
 * reads. Whether the reader may have the content was asked before. Thread-safe.
 */
@ApplicationScoped
public class LocalCopies {
    private static final System.Logger log = System.getLogger(LocalCopies.class.getName());

    private final ViewerFolder folder;
    private final ViewerConfig config;
    private final Map<String, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);
    private long used;

    @SuppressWarnings("NullAway")
    protected LocalCopies() { // the container's proxy only
        this(null, null);
    }

    @Inject
    LocalCopies(ViewerFolder folder, ViewerConfig config) {
        this.folder = folder;
        this.config = config;
    }

    /**
     * The copy of a content, made if it is missing. It stays until the lease is closed.
     *
     * @param name of the content, which is also the file's: {@code [0-9a-f]+} and an ending
     * @param size in bytes
     * @param content opens the bytes
     * @throws HubException UNAVAILABLE if there is no room beside what others read now
     */
    Lease borrow(String name, long size, Supplier<InputStream> content) {
        Copy copy = reserve(name, size);
        boolean done = false;
        try {
            copy.fill(folder, content);
            done = true;
            return new Lease(copy);
        } catch (IOException e) {
            throw new HubException(ErrorKind.UNAVAILABLE, "A data file could not be read");
        } finally {
            if (!done) {
                giveBack(copy);
            }
        }
    }

    private synchronized Copy reserve(String name, long size) {
        Copy known = copies.get(name);
        if (known != null) {
            known.readers++;
            return known;
        }
        Iterator<Copy> eldest = copies.values().iterator();
        while (used + size > config.cacheBytes() && eldest.hasNext()) {
            Copy copy = eldest.next();
            if (copy.readers == 0) {
                eldest.remove();
                used -= copy.size;
                copy.delete();
            }
        }
        if (used + size > config.cacheBytes()) {
            throw new HubException(ErrorKind.UNAVAILABLE, "The dataset viewer is busy");
        }
        Copy copy = new Copy(name, size);
        copy.readers = 1;
        used += size;
        copies.put(name, copy);
        return copy;
    }

    private synchronized void giveBack(Copy copy) {
        copy.readers--;
        if (copy.readers == 0 && copy.file == null) { // was never filled
            copies.remove(copy.name);
            used -= copy.size;
        }
    }

    /** Somebody's right to find the file there. */
    final class Lease implements AutoCloseable {
        private final Copy copy;

        private Lease(Copy copy) {
            this.copy = copy;
        }

        Path file() {
            return copy.file;
        }

        @Override
        public void close() {
            giveBack(copy);
        }
    }

    private static final class Copy {
        private final String name;
        private final long size;
        private int readers;
        private volatile Path file;

        Copy(String name, long size) {
            this.name = name;
            this.size = size;
        }

        /** The first fetches it, the others wait for him. */
        synchronized void fill(ViewerFolder folder, Supplier<InputStream> content) throws IOException {
            if (file != null) {
                return;
            }
            Path target = folder.below("files").resolve(name);
            try (InputStream in = content.get();
                    OutputStream out = Files.newOutputStream(target)) {
                long left = size;
                byte[] buffer = new byte[64 << 10];
                while (left > 0) {
                    int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                    if (read < 0) {
                        throw new IOException("A content ended " + left + " bytes early");
                    }
                    out.write(buffer, 0, read);
                    left -= read;
                }
            }
            file = target;
        }

        void delete() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                log.log(Level.WARNING, "Left behind: {0}", file);
            }
        }
    }
}
