package org.kohakuhub.version.git;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase;
import org.eclipse.jgit.internal.storage.dfs.DfsOutputStream;
import org.eclipse.jgit.internal.storage.dfs.DfsPackDescription;
import org.eclipse.jgit.internal.storage.dfs.DfsReader;
import org.eclipse.jgit.internal.storage.dfs.DfsReaderOptions;
import org.eclipse.jgit.internal.storage.dfs.ReadableChannel;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/**
 * A repository's packs, listed in SQL. A pack that is written here stays staged, seen by this instance alone, until
 * {@link #publish} hands it to the {@link Publisher}. For one request, one thread.
 */
final class SqlObjDatabase extends DfsObjDatabase {
    /** A file of a pack up to this size is stored in SQL: a small commit then needs no request to the object store. */
    static final int LARGEST_INLINE = 256 << 10;

    /**
     * JGit looks bases up in a table of 1,024 lists. Measured on 120,000 small objects: a walk over all trees takes 0.9 s
     * with 32 MiB of bases, as the lists grow long, and 0.4 s with 6.
     */
    private static final int DELTA_BASES = 6 << 20;

    private final SqlRepository repository;
    private final Storage storage;
    private final Map<String, Map<PackExt, PackOutput>> written = new HashMap<>();
    private final Map<String, DfsPackDescription> staged = new LinkedHashMap<>();
    private final Map<String, StagedPack> uploaded = new LinkedHashMap<>();
    private final Map<String, Map<PackExt, PackFile>> files = new HashMap<>();
    private Set<ObjectId> ends = Set.of();

    SqlObjDatabase(SqlRepository repository, Storage storage) {
        super(repository, readerOptions());
        this.repository = repository;
        this.storage = storage;
    }

    private static DfsReaderOptions readerOptions() {
        DfsReaderOptions options = new DfsReaderOptions();
        options.setDeltaBaseCacheLimit(DELTA_BASES);
        return options;
    }

    @Override
    public ObjectInserter newInserter() {
        return new SqlInserter(this);
    }

    @Override
    protected DfsPackDescription newPack(PackSource source) {
        // block caches are keyed by the name, so it must be unique for ever
        String name = "pack-" + UUID.randomUUID().toString().replace("-", "");
        return new DfsPackDescription(repository.getDescription(), name, source)
                .setLastModified(storage.clock().millis());
    }

    @Override
    protected List<DfsPackDescription> listPacks() {
        List<DfsPackDescription> all = new ArrayList<>(staged.values());
        for (GitPack row : storage.packs().live(repository.key().id())) {
            all.add(describe(row));
        }
        return all;
    }

    private DfsPackDescription describe(GitPack row) {
        DfsPackDescription pack =
                new DfsPackDescription(repository.getDescription(), row.name, PackSource.valueOf(row.source));
        pack.setLastModified(row.createdAt).setObjectCount(row.objectCount).setDeltaCount(row.deltaCount);
        Map<PackExt, PackFile> byExt = new EnumMap<>(PackExt.class);
        for (PackFile file : PackFile.parse(row.exts)) {
            PackExt ext = ext(file.ext());
            pack.addFileExt(ext);
            pack.setFileSize(ext, file.size());
            pack.setBlockSize(ext, file.blockSize());
            byExt.put(ext, file);
        }
        pack.setIndexVersion(2);
        files.put(row.name, byExt);
        return pack;
    }

    private static PackExt ext(String name) {
        return Arrays.stream(PackExt.values())
                .filter(ext -> ext.getExtension().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Unknown kind of pack file: " + name));
    }

    @Override
    protected DfsOutputStream writeFile(DfsPackDescription pack, PackExt ext) {
        PackOutput output = new PackOutput();
        written.computeIfAbsent(pack.getPackName(), name -> new EnumMap<>(PackExt.class))
                .put(ext, output);
        return output;
    }

    @Override
    protected ReadableChannel openFile(DfsPackDescription pack, PackExt ext) throws IOException {
        PackOutput output = written.getOrDefault(pack.getPackName(), Map.of()).get(ext);
        if (output != null) {
            return output.isSmall() ? PackChannel.of(output.bytes()) : new StagedChannel(output);
        }
        PackFile file = files.getOrDefault(pack.getPackName(), Map.of()).get(ext);
        if (file == null) {
            throw new FileNotFoundException(pack.getFileName(ext));
        }
        if (file.inline()) {
            Optional<byte[]> bytes = storage.packs().inline(pack.getPackName(), file.ext());
            return PackChannel.of(bytes.orElseThrow(() -> new FileNotFoundException(pack.getFileName(ext))));
        }
        String key = PackFile.key(repository.key().id(), pack.getPackName(), file.ext());
        return PackChannel.of(storage.segments(), key, file.size());
    }

    @Override
    protected void commitPackImpl(Collection<DfsPackDescription> packs, Collection<DfsPackDescription> replaced) {
        if (replaced == null || replaced.isEmpty()) {
            packs.forEach(pack -> staged.put(pack.getPackName(), pack));
            return;
        }
        List<StagedPack> ready = upload(packs);
        storage.publisher()
                .replace(
                        repository.key(),
                        ready,
                        replaced.stream().map(DfsPackDescription::getPackName).toList());
        packs.forEach(this::discard);
        clearCache();
    }

    /** Uploads the large files of the staged packs, and gives all that their rows will say. */
    List<StagedPack> uploadStaged() {
        List<DfsPackDescription> waiting = staged.values().stream()
                .filter(pack -> !uploaded.containsKey(pack.getPackName()))
                .toList();
        upload(waiting).forEach(pack -> uploaded.put(pack.name(), pack));
        return List.copyOf(uploaded.values());
    }

    private List<StagedPack> upload(Collection<DfsPackDescription> packs) {
        Map<String, PackOutput> large = new LinkedHashMap<>();
        List<StagedPack> ready = new ArrayList<>();
        for (DfsPackDescription pack : packs) {
            ready.add(stage(pack, large));
        }
        if (!large.isEmpty()) {
            storage.publisher().intend(repository.key().id(), large.keySet());
            large.forEach((key, output) -> {
                if (output.isSmall()) {
                    storage.objects().put(key, output.bytes());
                } else {
                    storage.objects().putFile(key, output.file());
                }
            });
        }
        return ready;
    }

    private StagedPack stage(DfsPackDescription pack, Map<String, PackOutput> large) {
        List<PackFile> described = new ArrayList<>();
        Map<String, byte[]> inline = new HashMap<>();
        long bytes = 0;
        for (var entry : written.getOrDefault(pack.getPackName(), Map.of()).entrySet()) {
            String ext = entry.getKey().getExtension();
            PackOutput output = entry.getValue();
            if (!pack.hasFileExt(entry.getKey())) {
                continue; // begun and given up by JGit
            }
            boolean small = output.isSmall() && output.size() <= LARGEST_INLINE;
            described.add(new PackFile(ext, output.size(), 0, small));
            if (small) {
                inline.put(ext, output.bytes());
            } else {
                large.put(PackFile.key(repository.key().id(), pack.getPackName(), ext), output);
            }
            bytes += output.size();
        }
        return new StagedPack(
                pack.getPackName(),
                pack.getPackSource().name(),
                described,
                inline,
                pack.getObjectCount(),
                pack.getDeltaCount(),
                bytes,
                pack.getLastModified());
    }

    /** Called when the staged packs have become rows: from now on they are read as such. */
    void published() {
        staged.values().forEach(this::discard);
        staged.clear();
        uploaded.clear();
        clearCache();
    }

    /** Looks again which packs there are; the staged ones stay. */
    void rescan() {
        clearCache();
    }

    @Override
    protected void rollbackPack(Collection<DfsPackDescription> packs) {
        packs.forEach(pack -> {
            staged.remove(pack.getPackName());
            uploaded.remove(pack.getPackName());
            discard(pack);
        });
    }

    private void discard(DfsPackDescription pack) {
        Map<PackExt, PackOutput> outputs = written.remove(pack.getPackName());
        if (outputs != null) {
            outputs.values().forEach(PackOutput::discard);
        }
    }

    @Override
    public void close() {
        written.values().forEach(outputs -> outputs.values().forEach(PackOutput::discard));
        written.clear();
        staged.clear();
        super.close();
    }

    @Override
    public Set<ObjectId> getShallowCommits() {
        return Set.of(); // a server's repository is whole
    }

    /** Shows these commits without their parents, to readers that are opened from now on. */
    void endAt(Set<ObjectId> commits) {
        ends = commits;
    }

    @Override
    public DfsReader newReader() {
        return ends.isEmpty() ? super.newReader() : new EndingReader(this);
    }

    /** Walks ask the reader which commits are shallow, and JGit's says: none. */
    private static final class EndingReader extends DfsReader {
        private final Set<ObjectId> ends;

        EndingReader(SqlObjDatabase database) {
            super(database);
            this.ends = database.ends;
        }

        @Override
        public Set<ObjectId> getShallowCommits() {
            return ends;
        }
    }

    @Override
    public void setShallowCommits(Set<ObjectId> commits) {
        if (!commits.isEmpty()) {
            throw new HubException(ErrorKind.INVALID, "A shallow history cannot be stored: fetch --unshallow first");
        }
    }

    @Override
    public long getApproximateObjectCount() {
        try {
            long count = 0;
            for (var pack : getPacks()) {
                count += pack.getPackDescription().getObjectCount();
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
