package org.kohakuhub.community;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.Ids;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.config.DownloadConfig;
import org.kohakuhub.config.Secret;
import org.kohakuhub.database.TestDatabase;

/** Counting of downloads on a database, by several nodes. */
interface DownloadContract {
    Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    AtomicReference<Instant> NOW = new AtomicReference<>(NOON);
    InstantSource CLOCK = NOW::get;
    DownloadConfig CONFIG = new DownloadConfig(Duration.ofMinutes(15), Duration.ofDays(1));
    AccountConfig ACCOUNTS =
            new AccountConfig(false, false, new Secret("same on all nodes"), Duration.ofHours(1), Duration.ofDays(1));

    TestDatabase database();

    /** With a transaction around each call, as the container has it. */
    final class Rows extends DownloadRows {
        private final TestDatabase database;
        boolean broken;

        Rows(TestDatabase database) {
            this.database = database;
            em = database.entityManager();
        }

        @Override
        public void write(Map<Visit, Long> visits) {
            if (broken) {
                throw new IllegalStateException("no database");
            }
            run(() -> super.write(visits));
        }

        @Override
        public void forgetVisits(long beforeBucket) {
            run(() -> super.forgetVisits(beforeBucket));
        }

        @Override
        public void refresh(List<String> repoIds, int monthAgo, int weekAgo, int like) {
            run(() -> super.refresh(repoIds, monthAgo, weekAgo, like));
        }

        private void run(Runnable work) {
            database.inTransaction(() -> {
                work.run();
                return null;
            });
        }
    }

    private DownloadCounter node() {
        return new DownloadCounter(new Rows(database()), ACCOUNTS, CONFIG, CLOCK);
    }

    private int execute(String sql, Object... values) {
        return database().inTransaction(() -> {
            var query = database().entityManager().createNativeQuery(sql);
            for (int i = 0; i < values.length; i++) {
                query.setParameter(i + 1, values[i]);
            }
            return query.executeUpdate();
        });
    }

    private Caller newUser() {
        String id = Ids.next(InstantSource.system());
        execute(
                "insert into account (id, kind, name, normalized_name, created_at) values (?1, 'user', ?2, ?2, 0)",
                id,
                "u" + id);
        return Caller.user(id, "u" + id);
    }

    private RepoKey newRepository(Caller owner) {
        String id = Ids.next(InstantSource.system());
        execute(
                "insert into repository (id, type, owner_id, namespace, name, normalized_name, created_by, created_at,"
                        + " modified_at) values (?1, 'model', ?2, ?3, ?4, ?4, ?2, 0, 0)",
                id,
                owner.userId(),
                owner.username(),
                "r" + id);
        return new RepoKey(id, new RepoId(RepoType.MODEL, owner.username(), "r" + id), owner.userId(), false);
    }

    private List<Long> numbers(RepoKey repo) {
        Object[] row = (Object[]) database()
                .entityManager()
                .createNativeQuery("select downloads, downloads_all_time, trending_score from repository where id = ?1")
                .setParameter(1, repo.id())
                .getSingleResult();
        return List.of(((Number) row[0]).longValue(), ((Number) row[1]).longValue(), ((Number) row[2]).longValue());
    }

    @Test
    default void a_visit_is_counted_once_on_however_many_nodes() throws Exception {
        NOW.set(NOON);
        Caller ann = newUser();
        RepoKey repo = newRepository(ann);
        List<DownloadCounter> nodes = List.of(node(), node(), node());
        for (DownloadCounter node : nodes) {
            for (int i = 0; i < 10; i++) {
                node.note(repo, ann, "192.0.2.1", 1);
                node.note(repo, Caller.anonymous(), "192.0.2." + i, 1);
            }
        }
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            for (Future<?> flushed :
                    nodes.stream().map(node -> pool.submit(node::flush)).toList()) {
                flushed.get();
            }
        } finally {
            pool.shutdown();
        }
        nodes.forEach(DownloadCounter::flush); // what a locked database put off

        assertThat(numbers(repo)).startsWith(11L, 11L);
        Trends.Recent recent = trends().recent(ann, repo.name(), 1);
        assertThat(recent.days())
                .containsExactly(new Trends.Day(NOON.atOffset(ZoneOffset.UTC).toLocalDate(), 11, 1, 10, 60));
    }

    private Trends trends() {
        Trends trends = new Trends(org.kohakuhub.access.AccessPolicies.on(database()), CLOCK);
        trends.em = database().entityManager();
        return trends;
    }

    @Test
    default void the_next_quarter_is_another_visit() {
        NOW.set(NOON);
        Caller ann = newUser();
        RepoKey repo = newRepository(ann);
        DownloadCounter node = node();
        node.note(repo, ann, "", 1);
        node.flush();
        NOW.set(NOON.plus(Duration.ofMinutes(14)));
        node.note(repo, ann, "", 1);
        node.flush();
        assertThat(numbers(repo)).startsWith(1L, 1L);
        NOW.set(NOON.plus(Duration.ofMinutes(15)));
        node.note(repo, ann, "", 1);
        node.flush();
        assertThat(numbers(repo)).startsWith(2L, 2L);
    }

    @Test
    default void what_a_failed_database_refused_is_written_later_and_what_is_gone_is_left_out() {
        NOW.set(NOON);
        Caller ann = newUser();
        RepoKey repo = newRepository(ann);
        RepoKey gone = newRepository(ann);
        Rows rows = new Rows(database());
        DownloadCounter node = new DownloadCounter(rows, ACCOUNTS, CONFIG, CLOCK);
        node.note(repo, ann, "", 1);
        node.note(gone, ann, "", 1);
        execute("delete from repository where id = ?1", gone.id());
        rows.broken = true;
        node.flush();
        rows.broken = false;
        node.flush();
        assertThat(numbers(repo)).startsWith(1L, 1L);
    }

    @Test
    default void downloads_of_a_month_and_trends_grow_old() {
        NOW.set(NOON);
        Caller ann = newUser();
        RepoKey repo = newRepository(ann);
        DownloadCounter node = node();
        IntStream.range(0, 3).forEach(i -> node.note(repo, Caller.anonymous(), "198.51.100." + i, 1));
        node.flush();
        execute(
                "insert into repo_like (repo_id, user_id, created_at) values (?1, ?2, ?3)",
                repo.id(),
                ann.userId(),
                NOON.toEpochMilli());
        Rows rows = new Rows(database());
        TrendClock clock = new TrendClock(rows, new ChoreRows(), CONFIG, CLOCK);
        clock.refresh();
        assertThat(numbers(repo)).containsExactly(3L, 3L, 3L + TrendClock.LIKE);
        NOW.set(NOON.plus(Duration.ofDays(8)));
        clock.refresh();
        assertThat(numbers(repo)).containsExactly(3L, 3L, 0L);
        NOW.set(NOON.plus(Duration.ofDays(31)));
        clock.refresh();
        assertThat(numbers(repo)).containsExactly(0L, 3L, 0L);
        assertThat(((Number) database()
                                .entityManager()
                                .createNativeQuery("select count(*) from download_session where repo_id = ?1")
                                .setParameter(1, repo.id())
                                .getSingleResult())
                        .intValue())
                .isZero();
    }

    @Test
    default void a_chore_is_done_by_one_node_only() {
        ChoreRows rows = new ChoreRows();
        rows.em = database().entityManager();
        String name = "c" + Ids.next(InstantSource.system());
        assertThat(database().inTransaction(() -> rows.take(name, 100, 200))).isTrue();
        assertThat(database().inTransaction(() -> rows.take(name, 150, 250))).isFalse();
        assertThat(database().inTransaction(() -> rows.take(name, 200, 300))).isTrue();
    }
}
