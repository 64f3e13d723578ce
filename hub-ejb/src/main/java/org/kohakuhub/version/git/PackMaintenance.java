package org.kohakuhub.version.git;

import jakarta.ejb.Asynchronous;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.eclipse.jgit.internal.storage.dfs.DfsGarbageCollector;
import org.eclipse.jgit.internal.storage.dfs.DfsPackCompactor;
import org.eclipse.jgit.internal.storage.dfs.DfsPackFile;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.GitConfig;
import org.kohakuhub.version.VersionStore;

/**
 * Keeps repositories quick to read: small packs are joined, large unordered ones are repacked with bitmaps and a commit
 * graph. Writers never wait for it. What it replaces stays readable for a day, for requests that began before. Any node
 * may do it; a lease on the repository's row keeps two from doing it at once.
 */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class PackMaintenance {
    private static final Logger LOG = System.getLogger(PackMaintenance.class.getName());
    private static final String NODE = UUID.randomUUID().toString();

    /** Measured: a cold node needs 13 s for 1,200 packs in the object store, and 0.1 s for what they are joined to. */
    private static final int MANY_PACKS = 50;

    private static final long SMALL_PACK = 8 << 20;

    /** Below this a repack gains nothing that a clone would notice. */
    private static final long WORTH_REPACKING = 16 << 20;

    /** The same for a history of many small objects: to count 100,000 without bitmaps costs a clone a second. */
    private static final long MANY_UNORDERED = 10_000;

    /** Above this many objects the search for deltas takes longer than it saves. */
    private static final long MANY_OBJECTS = 200_000;

    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final Duration LONGEST_REQUEST = Duration.ofHours(24);
    private static final Duration LONGEST_WRITE = Duration.ofHours(72);
    private static final int MOST_RESTORABLE = 20_000;
    private static final int SWEEP_BATCH = 500;

    private final Storage storage;
    private final Leases leases;
    private final GitConfig config;
    private final RepackTurns turns;

    /** For the container's proxy only. */
    protected PackMaintenance() {
        this(null, null, null, null);
    }

    @Inject
    public PackMaintenance(Storage storage, Leases leases, GitConfig config, RepackTurns turns) {
        this.storage = storage;
        this.leases = leases;
        this.config = config;
        this.turns = turns;
    }

    /** Looks, in the background, whether a repository that was written to wants some care. */
    @Asynchronous
    public void after(RepoKey repo) {
        Optional<RepoKey> next = Optional.of(repo);
        while (next.isPresent()) {
            next = attempt(next.get());
        }
    }

    private Optional<RepoKey> attempt(RepoKey repo) {
        try {
            return care(repo);
        } catch (SwapLostException overtaken) {
            LOG.log(Level.DEBUG, "Maintenance of {0} was overtaken", repo.name());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "Maintenance of " + repo.name() + " failed, it will be tried again", e);
        }
        return Optional.empty();
    }

    /**
     * Joins or repacks if there is reason to.
     *
     * @return a repository that waited for this one's repack
     */
    Optional<RepoKey> care(RepoKey repo) throws IOException {
        List<GitPack> live = storage.packs().live(repo.id());
        List<GitPack> unordered =
                live.stream().filter(pack -> !pack.source.startsWith("GC")).toList();
        long small = live.stream().filter(PackMaintenance::isJoinable).count();
        boolean repack = isMuch(unordered, live, pack -> pack.packBytes, WORTH_REPACKING)
                || isMuch(unordered, live, pack -> pack.objectCount, MANY_UNORDERED);
        if (!repack) {
            if (small > MANY_PACKS) {
                leased(repo, this::join);
            }
            return Optional.empty();
        }
        if (!turns.take(repo)) {
            return Optional.empty(); // whoever is at it now goes on with this one
        }
        Optional<RepoKey> next = Optional.empty();
        try {
            leased(repo, this::repack);
        } catch (SwapLostException overtaken) {
            LOG.log(Level.DEBUG, "The repack of {0} was overtaken", repo.name());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "The repack of " + repo.name() + " failed, it will be tried again", e);
        } finally {
            next = turns.next();
        }
        return next;
    }

    private interface Work {
        void on(RepoKey repo) throws IOException;
    }

    private void leased(RepoKey repo, Work work) throws IOException {
        if (!leases.take(repo.id(), NODE, LEASE)) {
            return;
        }
        try {
            work.on(repo);
        } finally {
            leases.release(repo.id(), NODE);
        }
    }

    /**
     * Repacks whether or not there is reason to.
     *
     * @throws HubException CONFLICT if a node is at it
     * @throws SwapLostException if packs were replaced meanwhile; nothing has changed
     */
    public VersionStore.Repacked repackNow(RepoKey repo) throws IOException {
        if (!leases.take(repo.id(), NODE, LEASE)) {
            throw busy();
        }
        try {
            List<GitPack> before = storage.packs().live(repo.id());
            repack(repo);
            List<GitPack> after = storage.packs().live(repo.id());
            return new VersionStore.Repacked(before.size(), bytes(before), after.size(), bytes(after));
        } finally {
            leases.release(repo.id(), NODE);
        }
    }

    static HubException busy() {
        return new HubException(ErrorKind.CONFLICT, "The repository's packs are being replaced, try again later");
    }

    private static long bytes(List<GitPack> packs) {
        return packs.stream().mapToLong(pack -> pack.packBytes).sum();
    }

    /** More than so much is not in order, and more than a fifth of all. */
    private static boolean isMuch(
            List<GitPack> unordered, List<GitPack> all, ToLongFunction<GitPack> measure, long worthIt) {
        long rest = unordered.stream().mapToLong(measure).sum();
        return rest > worthIt && rest > all.stream().mapToLong(measure).sum() / 5;
    }

    private static boolean isJoinable(GitPack pack) {
        return pack.packBytes < SMALL_PACK && !pack.source.startsWith("GC") && !pack.source.startsWith("UNREACHABLE");
    }

    private void join(RepoKey repo) throws IOException {
        try (SqlRepository repository = SqlRepository.open(repo, storage)) {
            DfsPackCompactor compactor = new DfsPackCompactor(repository);
            List<String> names = new ArrayList<>();
            for (GitPack pack : storage.packs().live(repo.id())) {
                if (isJoinable(pack)) {
                    names.add(pack.name);
                }
            }
            for (DfsPackFile pack : repository.getObjectDatabase().getPacks()) {
                if (names.contains(pack.getPackDescription().getPackName())) {
                    compactor.add(pack);
                }
            }
            compactor.compact(NullProgressMonitor.INSTANCE);
            LOG.log(Level.DEBUG, "Joined {0} packs of {1}", names.size(), repo.name());
        }
    }

    /** Writes all that is reachable anew, and all else into a pack that is dropped when it is a day old. */
    void repack(RepoKey repo) throws IOException {
        try (SqlRepository repository = SqlRepository.open(repo, storage)) {
            keepRestorable(repository);
            long objects = repository.getObjectDatabase().getApproximateObjectCount();
            PackConfig packing = new PackConfig(repository);
            packing.setDeltaCompress(objects < MANY_OBJECTS);
            packing.setThreads(1);
            DfsGarbageCollector collector = new DfsGarbageCollector(repository)
                    .setPackConfig(packing)
                    .setGarbageTtl(1, TimeUnit.DAYS)
                    .setWriteCommitGraph(true)
                    .setWriteBloomFilter(true);
            collector.pack(NullProgressMonitor.INSTANCE);
            LOG.log(Level.DEBUG, "Repacked {0}: {1} objects", repo.name(), objects);
        }
    }

    /** Branches that can be restored have to be whole. What was collected before the time was raised is not missed. */
    private void keepRestorable(SqlRepository repository) throws IOException {
        long since =
                storage.clock().instant().minus(config.keepDeletedBranches()).toEpochMilli();
        List<ObjectId> kept = new ArrayList<>();
        for (String head : storage.refs().removedHeads(repository.key().id(), since, MOST_RESTORABLE)) {
            ObjectId commit = ObjectId.fromString(head);
            if (repository.getObjectDatabase().has(commit)) {
                kept.add(commit);
            }
        }
        repository.getRefDatabase().keep(kept);
    }

    /** Removes what was replaced a day ago: the bytes first, so that a row is left as long as there is something. */
    @Schedule(hour = "*", minute = "17", persistent = false)
    public void sweep() {
        sweepDroppedBefore(storage.clock().instant().minus(LONGEST_REQUEST).toEpochMilli());
        sweepPromisedBefore(storage.clock().instant().minus(LONGEST_WRITE).toEpochMilli());
    }

    /** What a writer that died, or a repository that was removed, left in the object store. */
    void sweepPromisedBefore(long before) {
        List<String> keys = leases.condemn(before, SWEEP_BATCH);
        if (!keys.isEmpty()) {
            storage.objects().delete(keys);
            leases.forgetPromises(keys);
        }
    }

    void sweepDroppedBefore(long before) {
        List<GitPack> dropped = storage.packs().droppedBefore(before, SWEEP_BATCH);
        if (dropped.isEmpty()) {
            return;
        }
        List<String> keys = dropped.stream().flatMap(PackRows::keys).toList();
        if (!keys.isEmpty()) {
            storage.objects().delete(keys);
        }
        leases.forget(dropped.stream().map(pack -> pack.name).toList());
    }
}
