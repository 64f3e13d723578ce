package org.kohakuhub.lfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.AccessPolicies;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Ids;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.lfs.LockService.Filter;
import org.kohakuhub.lfs.LockService.Locked;
import org.kohakuhub.lfs.LockService.Page;
import org.kohakuhub.lfs.LockService.Window;

/** Git LFS's "File Locking API" on a database. */
interface LockContract {
    Filter ALL = new Filter(Optional.empty(), Optional.empty(), Optional.empty());
    Window FIRST = new Window(Optional.empty(), Optional.empty());

    TestDatabase database();

    private LockService service() {
        return new LockService(AccessPolicies.on(database()), new Rows(database()), InstantSource.system());
    }

    /** The rows with a transaction around each call, as the container has it. */
    final class Rows extends LockRows {
        private final TestDatabase database;

        Rows(TestDatabase database) {
            this.database = database;
            em = database.entityManager();
        }

        @Override
        public boolean add(String repoId, FileLock lock) {
            return database.inTransaction(() -> super.add(repoId, lock));
        }

        @Override
        public boolean remove(String repoId, String id) {
            return database.inTransaction(() -> super.remove(repoId, id));
        }
    }

    private Caller newUser() {
        String id = Ids.next(InstantSource.system());
        database()
                .inTransaction(() -> database()
                        .entityManager()
                        .createNativeQuery("insert into account (id, kind, name, normalized_name, created_at)"
                                + " values (?1, 'user', ?2, ?2, 0)")
                        .setParameter(1, id)
                        .setParameter(2, "u" + id)
                        .executeUpdate());
        return Caller.user(id, "u" + id);
    }

    private RepoKey newRepository(Caller owner) {
        String id = Ids.next(InstantSource.system());
        database()
                .inTransaction(() -> database()
                        .entityManager()
                        .createNativeQuery(
                                "insert into repository (id, type, owner_id, namespace, name, normalized_name,"
                                        + " created_by, created_at, modified_at) values (?1, 'model', ?2, ?3, ?4, ?4, ?2, 0, 0)")
                        .setParameter(1, id)
                        .setParameter(2, owner.userId())
                        .setParameter(3, owner.username())
                        .setParameter(4, "r" + id)
                        .executeUpdate());
        return new RepoKey(id, new RepoId(RepoType.MODEL, owner.username(), "r" + id), owner.userId(), false);
    }

    private static ErrorKind refusal(ThrowingCallable call) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(HubException.class, call)
                .kind();
    }

    @Test
    default void a_path_has_one_lock_until_it_is_removed() {
        Caller ann = newUser();
        RepoId repo = newRepository(ann).name();
        Locked first = service().lock(ann, repo, "a/b.bin", Optional.of("refs/heads/main"));
        assertThat(first.isNew()).isTrue();
        assertThat(first.lock().owner()).isEqualTo(ann.username());
        Locked again = service().lock(ann, repo, "a/b.bin", Optional.of("refs/heads/dev"));
        assertThat(again.isNew()).isFalse();
        assertThat(again.lock()).isEqualTo(first.lock());
        assertThat(service().unlock(ann, repo, first.lock().id(), false)).isEqualTo(first.lock());
        assertThat(refusal(() -> service().unlock(ann, repo, first.lock().id(), false)))
                .isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(service().lock(ann, repo, "a/b.bin", Optional.empty()).isNew())
                .isTrue();
    }

    @Test
    default void a_path_may_be_as_long_as_any() {
        Caller ann = newUser();
        RepoId repo = newRepository(ann).name();
        StringBuilder path = new StringBuilder("p");
        while (path.length() < 4000) {
            path.append(Ids.next(InstantSource.system())).append('/');
        }
        String longest = path + "x";
        service().lock(ann, repo, longest, Optional.empty());
        assertThat(service()
                        .list(ann, repo, new Filter(Optional.of(longest), Optional.empty(), Optional.empty()), FIRST)
                        .locks())
                .hasSize(1);
        assertThat(refusal(() -> service().lock(ann, repo, "../x", Optional.empty())))
                .isEqualTo(ErrorKind.UNPROCESSABLE);
        assertThat(refusal(() -> service().lock(ann, repo, "x", Optional.of("r".repeat(221)))))
                .isEqualTo(ErrorKind.UNPROCESSABLE);
    }

    @Test
    default void no_lock_is_reached_through_another_repository() {
        Caller ann = newUser();
        RepoId one = newRepository(ann).name();
        RepoId other = newRepository(ann).name();
        FileLock lock = service().lock(ann, one, "x", Optional.empty()).lock();
        assertThat(refusal(() -> service().unlock(ann, other, lock.id(), true))).isEqualTo(ErrorKind.NOT_FOUND);
        for (Filter filter : List.of(
                ALL,
                new Filter(Optional.of("x"), Optional.empty(), Optional.empty()),
                new Filter(Optional.empty(), Optional.of(lock.id()), Optional.empty()))) {
            assertThat(service().list(ann, other, filter, FIRST).locks()).isEmpty();
            assertThat(service().list(ann, one, filter, FIRST).locks()).containsExactly(lock);
        }
        assertThat(service().verify(ann, other, FIRST).locks()).isEmpty();
        assertThat(service().lock(ann, other, "x", Optional.empty()).isNew()).isTrue();
    }

    @Test
    default void pages_give_each_lock_once() {
        Caller ann = newUser();
        RepoId repo = newRepository(ann).name();
        Set<String> made = new java.util.TreeSet<>();
        for (int i = 0; i < 7; i++) {
            made.add(service()
                    .lock(ann, repo, "f" + i, Optional.of("refs/heads/" + (i % 2 == 0 ? "main" : "dev")))
                    .lock()
                    .id());
        }
        List<String> seen = new ArrayList<>();
        Page page = service().list(ann, repo, ALL, new Window(Optional.empty(), Optional.of(3L)));
        page.locks().forEach(lock -> seen.add(lock.id()));
        while (page.next().isPresent()) {
            page = service().list(ann, repo, ALL, new Window(page.next(), Optional.of(3L)));
            page.locks().forEach(lock -> seen.add(lock.id()));
        }
        assertThat(seen).containsExactlyElementsOf(made);
        Filter dev = new Filter(Optional.empty(), Optional.empty(), Optional.of("refs/heads/dev"));
        assertThat(service().list(ann, repo, dev, FIRST).locks()).hasSize(3);
        assertThat(service()
                        .list(ann, repo, ALL, new Window(Optional.empty(), Optional.of(-5L)))
                        .locks())
                .hasSize(7);
    }

    @Test
    default void who_may_not_write_may_look_and_no_more() {
        Caller ann = newUser();
        Caller bob = newUser();
        RepoId repo = newRepository(ann).name();
        FileLock lock = service().lock(ann, repo, "x", Optional.empty()).lock();
        assertThat(service().list(Caller.anonymous(), repo, ALL, FIRST).locks()).containsExactly(lock);
        assertThat(refusal(() -> service().lock(bob, repo, "y", Optional.empty())))
                .isEqualTo(ErrorKind.FORBIDDEN);
        assertThat(refusal(() -> service().unlock(bob, repo, lock.id(), true))).isEqualTo(ErrorKind.FORBIDDEN);
        assertThat(refusal(() -> service().verify(bob, repo, FIRST))).isEqualTo(ErrorKind.FORBIDDEN);
        Caller reader = new Caller(ann.userId(), ann.username(), false, false);
        assertThat(refusal(() -> service().lock(reader, repo, "y", Optional.empty())))
                .isEqualTo(ErrorKind.FORBIDDEN);
        Caller admin = new Caller(null, null, true, true);
        assertThat(refusal(() -> service().lock(admin, repo, "y", Optional.empty())))
                .isEqualTo(ErrorKind.UNAUTHENTICATED);
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> service().unlock(admin, repo, lock.id(), false))
                .withMessageContaining(ann.username());
        assertThat(service().unlock(admin, repo, lock.id(), true)).isEqualTo(lock);
    }

    @Test
    default void of_many_at_once_one_gets_the_lock() throws Exception {
        Caller ann = newUser();
        RepoId repo = newRepository(ann).name();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Locked>> racers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                racers.add(() -> service().lock(ann, repo, "x", Optional.empty()));
            }
            List<Locked> results = new ArrayList<>();
            for (Future<Locked> one : pool.invokeAll(racers)) {
                results.add(one.get());
            }
            assertThat(results).filteredOn(Locked::isNew).hasSize(1);
            assertThat(results)
                    .extracting(Locked::lock)
                    .containsOnly(results.get(0).lock());
        } finally {
            pool.shutdownNow();
        }
    }
}
