package org.kohakuhub.lfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.object.TestObjects;
import org.kohakuhub.version.Author;
import org.kohakuhub.version.PointerHistory;

/** What the sweep of LFS contents may do, and what it may never do, on every database. */
interface LfsSweepContract {
    TestObjects hub();

    /** Histories of which only this is known: which contents their refs lead to. */
    final class Refs implements PointerHistory {
        final Map<String, Set<Sha256>> reached = new ConcurrentHashMap<>();

        Set<Sha256> of(RepoKey repo) {
            return reached.computeIfAbsent(repo.id(), id -> ConcurrentHashMap.newKeySet());
        }

        @Override
        public Map<Sha256, Place> places(RepoKey repo, Collection<Sha256> wanted) {
            return Map.of();
        }

        @Override
        public Set<Sha256> reachable(RepoKey repo) {
            return Set.copyOf(of(repo));
        }

        @Override
        public int remove(RepoKey repo, Set<Sha256> contents, Author actor) {
            throw new AssertionError();
        }
    }

    private Sha256 upload(RepoKey repo, byte[] bytes) {
        hub().send(repo, bytes);
        return hub().contents
                .verifyUploaded(repo, TestObjects.sha256(bytes), bytes.length)
                .sha256();
    }

    private static byte[] fresh() {
        byte[] bytes = new byte[300];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    private boolean isGranted(RepoKey repo, Sha256 oid) {
        return hub().contents.granted(repo, List.of(oid)).containsKey(oid);
    }

    private byte[] read(RepoKey repo, Sha256 oid) {
        return TestObjects.get(hub().contents
                .locate(repo, List.of(oid), TestObjects.HERE)
                .get(oid)
                .address());
    }

    private LfsSweep sweep(Refs refs) {
        return new LfsSweep(hub().grants, refs, hub().clock);
    }

    @Test
    default void what_no_ref_needs_goes_in_two_steps() {
        RepoKey repo = hub().newRepository();
        RepoKey other = hub().newRepository();
        Refs refs = new Refs();
        LfsSweep sweep = sweep(refs);
        byte[] keptBytes = fresh();
        Sha256 kept = upload(repo, keptBytes);
        Sha256 lost = upload(repo, fresh());
        byte[] sharedBytes = fresh();
        Sha256 shared = upload(repo, sharedBytes);
        refs.of(repo).add(kept);
        hub().ledger.grantFrom(repo, other, List.of(shared));
        refs.of(other).add(shared);

        hub().clock.pass(LfsSweep.UNUSED.minusHours(1));
        sweep.sweep();
        assertThat(isGranted(repo, lost)).as("young").isTrue();
        assertThat(sweep.dryRun())
                .filteredOn(waiting -> waiting.content().equals(lost))
                .extracting(LfsSweep.Waiting::step)
                .containsExactly(LfsSweep.Step.REVOKE_RIGHT);

        hub().clock.pass(Duration.ofHours(2));
        sweep.sweep();
        assertThat(isGranted(repo, lost)).isFalse();
        assertThat(isGranted(repo, shared)).isFalse();
        assertThat(hub().contents.kept(lost)).isEmpty();
        assertThat(read(repo, kept)).isEqualTo(keptBytes);
        assertThat(read(other, shared)).isEqualTo(sharedBytes);

        hub().deleteRepository(repo);
        hub().clock.pass(LfsSweep.UNCLAIMED.plusHours(1));
        sweep.sweep();
        assertThat(hub().contents.kept(kept)).isEmpty();
        assertThat(hub().contents.kept(shared)).isPresent();
    }

    @Test
    default void who_prepares_a_commit_keeps_its_contents() {
        RepoKey repo = hub().newRepository();
        LfsSweep sweep = sweep(new Refs());
        Sha256 oid = upload(repo, fresh());
        hub().clock.pass(LfsSweep.UNUSED.plusDays(30));
        assertThat(hub().contents.linkable(repo, List.of(oid))).containsKey(oid);
        sweep.sweep();
        assertThat(isGranted(repo, oid)).isTrue();
        hub().clock.pass(LfsSweep.UNUSED.plusHours(1));
        sweep.sweep();
        assertThat(isGranted(repo, oid)).isFalse();
    }

    /** What was told to be there is there when the commit is made; or it was told to be missing. */
    @Test
    default void linking_and_sweeping_at_once_leave_no_pointer_without_content() throws Exception {
        Refs refs = new Refs();
        LfsSweep sweep = sweep(refs);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20; round++) {
                RepoKey repo = hub().newRepository();
                byte[] bytes = fresh();
                Sha256 oid = upload(repo, bytes);
                hub().clock.pass(LfsSweep.UNUSED.plusHours(1));
                Future<Boolean> linked = two.submit(() -> {
                    boolean there = hub().contents.linkable(repo, List.of(oid)).containsKey(oid);
                    if (there) {
                        refs.of(repo).add(oid);
                    }
                    return there;
                });
                Future<?> swept = two.submit(() -> sweep.sweep());
                swept.get();
                if (linked.get()) {
                    assertThat(read(repo, oid)).isEqualTo(bytes);
                    sweep.sweep();
                    assertThat(read(repo, oid)).isEqualTo(bytes);
                }
            }
        } finally {
            two.shutdown();
        }
    }

    /** A content that comes again while its forgotten copy is swept is there afterwards, or has to be sent once more. */
    @Test
    default void uploading_and_sweeping_at_once_leave_no_right_without_bytes() throws Exception {
        Refs refs = new Refs();
        LfsSweep sweep = sweep(refs);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20; round++) {
                RepoKey gone = hub().newRepository();
                RepoKey repo = hub().newRepository();
                byte[] bytes = fresh();
                Sha256 oid = upload(gone, bytes);
                hub().deleteRepository(gone);
                hub().clock.pass(LfsSweep.UNCLAIMED.plusHours(1));
                Future<Boolean> sent = two.submit(() -> {
                    try {
                        upload(repo, bytes);
                        return true;
                    } catch (HubException again) {
                        return false;
                    }
                });
                Future<?> swept = two.submit(() -> {
                    try {
                        sweep.sweep();
                    } catch (RuntimeException lost) {
                        // an upload was first; the next sweep goes on
                    }
                });
                swept.get();
                if (sent.get()) {
                    assertThat(read(repo, oid)).isEqualTo(bytes);
                }
            }
        } finally {
            two.shutdown();
        }
    }
}
