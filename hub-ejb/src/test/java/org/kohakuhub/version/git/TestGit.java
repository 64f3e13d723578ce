package org.kohakuhub.version.git;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.ObjectId;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.Ids;
import org.kohakuhub.common.NoObservers;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.config.GitConfig;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.object.MemoryObjectStore;
import org.kohakuhub.version.Author;
import org.kohakuhub.version.VersionStore;

/** The version store on a test database, put together by hand as the container does it. */
public final class TestGit {
    static final Author ANN = new Author("ann", "ann@example.org");
    private static final AtomicInteger COUNTER = new AtomicInteger();

    final TestDatabase database;
    final MemoryObjectStore objects = new MemoryObjectStore();
    java.time.Instant now; // null: the real time
    final InstantSource clock = () -> now == null ? InstantSource.system().instant() : now;
    final PackRows packs = new PackRows();
    final RefRows refs = new RefRows();
    final Storage storage;
    final Leases leases = new TransactionalLeases();
    final PackMaintenance maintenance;
    final LastCommitRows lastCommits;
    final GitVersionStore store;

    /** On a database of its own or shared. */
    public TestGit(TestDatabase database) {
        this.database = database;
        packs.em = database.entityManager();
        refs.em = database.entityManager();
        Publisher publisher = new TransactionalPublisher();
        publisher.em = database.entityManager();
        leases.em = database.entityManager();
        storage = new Storage(packs, refs, publisher, new SegmentCache(objects), objects, clock);
        maintenance = new PackMaintenance(storage, leases, new GitConfig(Duration.ofDays(30)), new RepackTurns());
        lastCommits = new TransactionalLastCommits();
        lastCommits.em = database.entityManager();
        store = new GitVersionStore(
                storage, new BranchLocks(), maintenance, new PointerCache(), new LastCommitFinder(lastCommits));
    }

    /** The store. */
    public VersionStore store() {
        return store;
    }

    /** A repository's row, without a commit. */
    RepoKey newRow() {
        String id = Ids.next(clock);
        String owner = Ids.next(clock);
        String name = "r" + COUNTER.incrementAndGet() + id.substring(8);
        return database.inTransaction(() -> {
            var em = database.entityManager();
            em.createNativeQuery("insert into account (id, kind, name, normalized_name, created_at)"
                            + " values (?1, 'user', ?2, ?2, 0)")
                    .setParameter(1, owner)
                    .setParameter(2, "u" + owner)
                    .executeUpdate();
            em.createNativeQuery("insert into repository (id, type, owner_id, namespace, name, normalized_name,"
                            + " created_by, created_at, modified_at) values (?1, 'model', ?2, ?3, ?4, ?4, ?2, 0, 0)")
                    .setParameter(1, id)
                    .setParameter(2, owner)
                    .setParameter(3, "u" + owner)
                    .setParameter(4, name)
                    .executeUpdate();
            return new RepoKey(id, new RepoId(RepoType.MODEL, "u" + owner, name), owner, false);
        });
    }

    /** A repository with its first commit. */
    RepoKey newRepository() {
        RepoKey repo = newRow();
        store.initialize(
                repo,
                ANN,
                "initial commit",
                Map.of(
                        new FilePath(".gitattributes"),
                        "*.bin filter=lfs\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return repo;
    }

    private void run(Runnable work) {
        database.inTransaction(() -> {
            work.run();
            return null;
        });
    }

    private <T> T call(Supplier<T> work) {
        return database.inTransaction(work);
    }

    private final class TransactionalPublisher extends Publisher {
        TransactionalPublisher() {
            super(packs, refs, new NoObservers<>(), clock);
        }

        @Override
        public void publish(RepoKey repo, List<StagedPack> staged, List<RefStep> steps, String actor, String reason) {
            run(() -> super.publish(repo, staged, steps, actor, reason));
        }

        @Override
        public void linkHead(RepoKey repo, String target) {
            run(() -> super.linkHead(repo, target));
        }

        @Override
        public void replace(RepoKey repo, List<StagedPack> staged, Collection<String> old) {
            run(() -> super.replace(repo, staged, old));
        }

        @Override
        public void abandon(RepoKey repo) {
            run(() -> super.abandon(repo));
        }

        @Override
        public void intend(String repoId, Collection<String> keys) {
            run(() -> super.intend(repoId, keys));
        }
    }

    private final class TransactionalLeases extends Leases {
        TransactionalLeases() {
            super(packs, clock);
        }

        @Override
        public boolean take(String repoId, String node, Duration length) {
            return call(() -> super.take(repoId, node, length));
        }

        @Override
        public void release(String repoId, String node) {
            run(() -> super.release(repoId, node));
        }

        @Override
        public List<String> condemn(long before, int limit) {
            return call(() -> super.condemn(before, limit));
        }

        @Override
        public void forgetPromises(Collection<String> keys) {
            run(() -> super.forgetPromises(keys));
        }

        @Override
        public void forget(Collection<String> packNames) {
            run(() -> super.forget(packNames));
        }
    }

    private final class TransactionalLastCommits extends LastCommitRows {
        TransactionalLastCommits() {
            super(clock);
        }

        @Override
        public void keep(String repoId, ObjectId from, Map<String, ObjectId> found) {
            run(() -> super.keep(repoId, from, found));
        }

        @Override
        public void forgetBefore(long before) {
            run(() -> super.forgetBefore(before));
        }
    }
}
