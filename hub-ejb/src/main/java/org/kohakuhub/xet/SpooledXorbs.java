package org.kohakuhub.xet;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.object.ObjectStore;

/**
 * Reads the many small files of one shard. Clients pack hundreds of them into one xorb: the second time that a small run
 * of a xorb is wanted, all of the xorb is fetched into a temporary file, so that the object store is asked twice for it
 * and not once a file. For one thread.
 */
final class SpooledXorbs implements RunSource, AutoCloseable {
    private static final System.Logger log = System.getLogger(SpooledXorbs.class.getName());

    /** Each has at most 68 MiB. */
    private static final int MOST_FILES = 8;

    private final ObjectStore store;
    private final RunSource direct;
    private final Set<XetHash> seen = new HashSet<>();
    private final Map<XetHash, Path> files = new LinkedHashMap<>(16, 0.75f, true);

    SpooledXorbs(ObjectStore store) {
        this.store = store;
        this.direct = RunSource.of(store);
    }

    @Override
    public InputStream open(Term term) throws IOException {
        boolean large = term.storedLength() > SMALL;
        Path file = files.get(term.xorb());
        if (file == null && (large || seen.add(term.xorb()))) {
            return direct.open(term);
        }
        FileChannel records = FileChannel.open(file == null ? spool(term) : file, StandardOpenOption.READ);
        records.position(term.byteStart());
        return Channels.newInputStream(records); // the reader knows how many chunks it wants
    }

    private Path spool(Term term) throws IOException {
        if (files.size() == MOST_FILES) {
            Map.Entry<XetHash, Path> eldest = files.entrySet().iterator().next();
            remove(eldest.getValue());
            files.remove(eldest.getKey());
        }
        Path file = Files.createTempFile("hub-xorb-", ".copy");
        files.put(term.xorb(), file);
        try (InputStream whole = store.get(term.key())) {
            Files.copy(whole, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (HubException | NoSuchElementException e) {
            throw new IOException("Xorb " + term.xorb() + " cannot be read", e);
        }
        return file;
    }

    @Override
    public void close() {
        files.values().forEach(SpooledXorbs::remove);
        files.clear();
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.log(Level.WARNING, "Left behind: {0}", file);
        }
    }
}
