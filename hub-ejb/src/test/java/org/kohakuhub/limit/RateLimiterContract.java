package org.kohakuhub.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.kohakuhub.common.Ids;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.config.RateLimitConfig;
import org.kohakuhub.config.Secret;
import org.kohakuhub.database.TestDatabase;

/** Several nodes on one database. */
interface RateLimiterContract {
    Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    AtomicReference<Instant> NOW = new AtomicReference<>(NOON);
    InstantSource CLOCK = NOW::get;
    RateLimitConfig CONFIG = new RateLimitConfig(100, 0, 0, 0, 10, Duration.ofMinutes(5), List.of());
    AccountConfig ACCOUNTS =
            new AccountConfig(false, false, new Secret("same on all nodes"), Duration.ofHours(1), Duration.ofDays(1));

    TestDatabase database();

    /** With a transaction around each call, as the container has it. */
    final class Rows extends RateRows {
        private final TestDatabase database;
        boolean broken;
        int written;

        Rows(TestDatabase database) {
            this.database = database;
            em = database.entityManager();
        }

        @Override
        public void add(Map<Windows.Key, Long> news, long over) {
            if (broken) {
                throw new IllegalStateException("no database");
            }
            written++;
            database.inTransaction(() -> {
                super.add(news, over);
                return null;
            });
        }
    }

    private RateLimiter node(Rows rows) {
        return new RateLimiter(rows, ACCOUNTS, CONFIG, CLOCK);
    }

    private RateLimiter node() {
        return node(new Rows(database()));
    }

    private static String somebody() {
        return Ids.next(InstantSource.system());
    }

    private static int admitted(RateLimiter node, String who, int requests) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            admitted += node.take(RouteClass.API, who).orElseThrow().admitted() ? 1 : 0;
        }
        return admitted;
    }

    @Test
    default void a_class_without_a_limit_is_not_counted() {
        assertThat(node().take(RouteClass.GIT, "anybody")).isEmpty();
    }

    /** The error that ADR 0540 states: what each other node did not tell yet, a twentieth of the quota. */
    @Test
    default void two_nodes_keep_one_limit_within_the_stated_error() {
        NOW.set(NOON);
        String ann = somebody();
        RateLimiter one = node();
        RateLimiter two = node();
        int all = 0;
        for (int second = 0; second < 100; second++) {
            NOW.set(NOON.plusSeconds(second));
            all += admitted(one, ann, 2) + admitted(two, ann, 2);
            if (second % 2 == 1) {
                one.sync();
                two.sync();
            }
        }
        int untold = 100 / 20;
        int withinTwoSeconds = 2 * 2;
        assertThat(all).isBetween(100, 100 + untold + withinTwoSeconds);
        NOW.set(NOON.plus(Duration.ofMinutes(5)));
        assertThat(admitted(one, ann, 5) + admitted(two, ann, 5)).isEqualTo(10);
    }

    @Test
    default void a_node_that_starts_knows_what_was_told() {
        NOW.set(NOON);
        String ann = somebody();
        RateLimiter one = node();
        assertThat(admitted(one, ann, 200)).isEqualTo(100);
        one.stop();
        RateLimiter two = node();
        assertThat(admitted(two, somebody(), 1)).isEqualTo(1);
        two.sync();
        assertThat(admitted(two, ann, 10)).isZero();
    }

    @Test
    default void who_asks_for_little_is_never_written() {
        NOW.set(NOON);
        Rows rows = new Rows(database());
        RateLimiter node = node(rows);
        for (int caller = 0; caller < 50; caller++) {
            admitted(node, somebody(), 4);
        }
        node.sync();
        assertThat(rows.written).isZero();
    }

    @Test
    default void what_a_failed_database_refused_is_told_later() {
        NOW.set(NOON);
        String ann = somebody();
        Rows rows = new Rows(database());
        RateLimiter one = node(rows);
        RateLimiter two = node();
        admitted(one, ann, 100);
        admitted(two, ann, 1);
        rows.broken = true;
        one.sync();
        two.sync();
        assertThat(admitted(one, ann, 1)).isZero();
        assertThat(admitted(two, ann, 1)).isEqualTo(1);
        rows.broken = false;
        one.sync();
        two.sync();
        assertThat(admitted(two, ann, 1)).isZero();
    }

    @Test
    default void what_was_given_back_is_given_back_everywhere() {
        NOW.set(NOON);
        String address = somebody();
        RateLimiter one = node();
        RateLimiter two = node();
        Standing first = one.take(RouteClass.AUTH, address).orElseThrow();
        one.sync(); // a quota of ten is told of one by one
        one.giveBack(first, address);
        one.sync();
        two.take(RouteClass.AUTH, address);
        two.sync();
        assertThat(two.take(RouteClass.AUTH, address).orElseThrow().remaining()).isEqualTo(8);
    }

    @Test
    default void windows_that_are_over_leave_nothing_behind() {
        NOW.set(NOON);
        RateLimiter node = node();
        admitted(node, somebody(), 50);
        node.sync();
        NOW.set(NOON.plus(Duration.ofDays(1)));
        admitted(node, somebody(), 50);
        node.sync();
        assertThat(((Number) database()
                                .entityManager()
                                .createNativeQuery("select count(*) from rate_window where ends_at < ?1")
                                .setParameter(1, NOW.get().toEpochMilli())
                                .getSingleResult())
                        .longValue())
                .isZero();
    }
}
