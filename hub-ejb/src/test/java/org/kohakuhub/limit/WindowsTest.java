package org.kohakuhub.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final long MINUTE = 60_000;
    private static final Windows.Rule THREE = new Windows.Rule(RouteClass.API, 3, MINUTE);

    private final Windows windows = new Windows();

    @Test
    void so_many_are_admitted_and_no_more_until_the_next_window() {
        long now = 10 * MINUTE + 5_000;
        for (int left = 2; left >= 0; left--) {
            assertThat(windows.take(THREE, "ann", now))
                    .isEqualTo(new Standing(RouteClass.API, true, 3, 60, left, 55, 10 * MINUTE));
        }
        assertThat(windows.take(THREE, "ann", now + 54_001).admitted()).isFalse();
        assertThat(windows.take(THREE, "ann", now + 54_001).secondsLeft()).isEqualTo(1);
        assertThat(windows.take(THREE, "bob", now).admitted()).isTrue();
        assertThat(windows.take(new Windows.Rule(RouteClass.GIT, 3, MINUTE), "ann", now)
                        .admitted())
                .isTrue();
        assertThat(windows.take(THREE, "ann", 11 * MINUTE).remaining()).isEqualTo(2);
    }

    @Test
    void what_was_given_back_can_be_taken_again() {
        for (int i = 0; i < 10; i++) {
            Standing standing = windows.take(THREE, "ann", 0);
            assertThat(standing.remaining()).isEqualTo(2);
            windows.giveBack(THREE, "ann", standing.startsAt());
        }
    }

    @Test
    void many_at_once_get_exactly_what_there_is() throws Exception {
        Windows.Rule rule = new Windows.Rule(RouteClass.API, 500, MINUTE);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 800; i++) {
                answers.add(pool.submit(() -> windows.take(rule, "ann", 0).admitted()));
            }
            int admitted = 0;
            for (Future<Boolean> answer : answers) {
                admitted += answer.get() ? 1 : 0;
            }
            assertThat(admitted).isEqualTo(500);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void little_is_not_told_and_much_is_told_once() {
        Windows.Rule rule = new Windows.Rule(RouteClass.API, 100, MINUTE);
        Map<RouteClass, Windows.Rule> rules = Map.of(RouteClass.API, rule);
        for (int i = 0; i < 4; i++) {
            windows.take(rule, "ann", 0);
        }
        assertThat(windows.tell(rules)).isEmpty();
        windows.take(rule, "ann", 0);
        Map<Windows.Key, Long> news = windows.tell(rules);
        assertThat(news).containsExactly(Map.entry(rule.key("ann", 0), 5L));
        assertThat(windows.tell(rules)).isEmpty();
        windows.untell(news);
        assertThat(windows.tell(rules)).isEqualTo(news);
        windows.learn(Map.of(rule.key("ann", 0), 99L, rule.key("bob", 0), 100L));
        assertThat(windows.take(rule, "ann", 0).remaining()).isZero();
        assertThat(windows.take(rule, "bob", 0).admitted()).isFalse();
        windows.forget(MINUTE);
        assertThat(windows.isEmpty()).isTrue();
    }
}
