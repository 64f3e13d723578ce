package org.kohakuhub.viewer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.Digests;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.config.ViewerConfig;
import org.kohakuhub.content.FileService;
import org.kohakuhub.content.FileService.Found;
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.object.ObjectInfo;
import org.kohakuhub.version.LfsPointer;
import org.kohakuhub.version.TreeEntry;

/** The bytes of data files: copies for the engine, footers for counts. The right to read is asked before. Thread-safe. */
@ApplicationScoped
public class DataFiles {
    private static final int MOST_FOOTERS = 2_000;
    private static final int JSON_START = 256;
    private static final String UNREAD = "A data file could not be read";

    private final FileService files;
    private final ContentObjects contents;
    private final LocalCopies copies;
    private final ViewerConfig config;
    private final Map<String, ParquetFooter> footers = new LinkedHashMap<>(16, 0.75f, true);

    @SuppressWarnings("NullAway")
    protected DataFiles() { // the container's proxy only
        this(null, null, null, null);
    }

    @Inject
    DataFiles(FileService files, ContentObjects contents, LocalCopies copies, ViewerConfig config) {
        this.files = files;
        this.contents = contents;
        this.copies = copies;
        this.config = config;
    }

    /** Some files of one commit. */
    Opened open(RepoKey repo, GitOid commit, List<TreeEntry> wanted) {
        List<Sha256> oids = wanted.stream()
                .flatMap(file -> file.lfs().stream())
                .map(LfsPointer::oid)
                .toList();
        Map<Sha256, ObjectInfo> granted = oids.isEmpty() ? Map.of() : contents.granted(repo, oids);
        List<Found> found = wanted.stream()
                .map(file -> new Found(
                        repo,
                        Optional.of(commit),
                        Optional.of(file),
                        file.lfs().map(pointer -> granted.get(pointer.oid())).flatMap(ObjectInfo::xet)))
                .toList();
        return new Opened(found);
    }

    /** Files of one commit whose copies stay on the disk until it is closed. */
    final class Opened implements AutoCloseable {
        private final List<Found> found;
        private final List<LocalCopies.Lease> leases = new ArrayList<>();

        private Opened(List<Found> found) {
            this.found = found;
        }

        /**
         * Copies of all of them.
         *
         * @throws HubException UNPROCESSABLE if they are larger than one question may read; UNAVAILABLE
         */
        List<String> paths() {
            long bytes = found.stream().mapToLong(each -> file(each).size()).sum();
            if (bytes > config.maxBytes()) {
                throw new HubException(
                        ErrorKind.UNPROCESSABLE,
                        "The data is too big to be shown: " + bytes + " bytes, and the viewer reads at most "
                                + config.maxBytes());
            }
            for (Found each : found) {
                TreeEntry file = file(each);
                String name = content(file) + DataFormat.ending(file.path());
                leases.add(copies.borrow(name, file.size(), stream(each, 0, file.size())));
            }
            return leases.stream().map(lease -> lease.file().toString()).toList();
        }

        /**
         * The footer of the file at {@code index}.
         *
         * @throws HubException UNPROCESSABLE if it is no Parquet file
         */
        ParquetFooter footer(int index) {
            TreeEntry file = file(found.get(index));
            String key = content(file);
            synchronized (footers) {
                ParquetFooter known = footers.get(key);
                if (known != null) {
                    return known;
                }
            }
            ParquetFooter footer = read(found.get(index), file.size())
                    .orElseThrow(() -> new HubException(
                            ErrorKind.UNPROCESSABLE, "This is no Parquet file that can be read: " + file.path()));
            synchronized (footers) {
                footers.put(key, footer);
                if (footers.size() > MOST_FOOTERS) {
                    footers.remove(footers.keySet().iterator().next());
                }
            }
            return footer;
        }

        /** Whether the file at {@code index} begins as a JSON list does; what is compressed is taken for lines. */
        boolean isJsonList(int index) {
            Found each = found.get(index);
            byte[] start = bytes(each, 0, (int) Math.min(file(each).size(), JSON_START));
            return new String(start, StandardCharsets.UTF_8).stripLeading().startsWith("[");
        }

        /** The digest of the file at {@code index}: read it has to be only where it is no large file. */
        Sha256 sha256(int index) {
            Found each = found.get(index);
            Optional<LfsPointer> pointer = file(each).lfs();
            if (pointer.isPresent()) {
                return pointer.get().oid();
            }
            try (InputStream in = stream(each, 0, file(each).size()).get()) {
                MessageDigest digest = Digests.sha256();
                in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
                return Sha256.of(digest.digest());
            } catch (IOException e) {
                throw new HubException(ErrorKind.UNAVAILABLE, UNREAD);
            }
        }

        private Optional<ParquetFooter> read(Found each, long size) {
            if (size < ParquetFooter.TAIL) {
                return Optional.empty();
            }
            byte[] tail = bytes(each, size - ParquetFooter.TAIL, ParquetFooter.TAIL);
            return ParquetFooter.length(tail, size)
                    .flatMap(length -> ParquetFooter.parse(bytes(each, size - ParquetFooter.TAIL - length, length)));
        }

        private byte[] bytes(Found each, long from, int length) {
            try (InputStream in = stream(each, from, length).get()) {
                return in.readNBytes(length);
            } catch (IOException e) {
                throw new HubException(ErrorKind.UNAVAILABLE, UNREAD);
            }
        }

        private Supplier<InputStream> stream(Found each, long from, long length) {
            return () -> files.open(each, from, length);
        }

        @Override
        public void close() {
            leases.forEach(LocalCopies.Lease::close);
        }
    }

    private static TreeEntry file(Found found) {
        return found.file().orElseThrow();
    }

    /** The same for the same bytes. */
    private static String content(TreeEntry file) {
        return file.lfs().map(pointer -> pointer.oid().hex()).orElse(file.oid().hex());
    }
}
