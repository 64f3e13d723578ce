package org.kohakuhub.limit;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one node knows of who made how many requests. A window begins at a multiple of its length since 1970, on every
 * node at the same moment. Thread-safe.
 */
final class Windows {
    /** Beyond this, callers that are not known yet are not counted until windows end: memory has an end. */
    private static final int MOST = 100_000;

    /** A caller is told of to other nodes when he has used so much of his quota here, or given it back: one part of 20. */
    private static final long TOLD_PART = 20;

    private final Map<Key, Count> counts = new ConcurrentHashMap<>();

    /** One caller's requests of one class in one window. Times are milliseconds since 1970. */
    record Key(RouteClass route, String who, long startsAt, long endsAt) {}

    /** A quota; the length is in milliseconds. */
    record Rule(RouteClass route, long quota, long length) {
        Key key(String who, long now) {
            long startsAt = now - Math.floorMod(now, length);
            return new Key(route, who, startsAt, startsAt + length);
        }
    }

    private static final class Count {
        /** Of all nodes, as last read, and what this one has told since. */
        private long told;
        /** Made here and told to nobody; negative where more was given back. */
        private long untold;

        private long sum() {
            return Math.max(0, told + untold);
        }
    }

    /** Counts a request, unless it is beyond the quota: those cost nothing. */
    Standing take(Rule rule, String who, long now) {
        Key key = rule.key(who, now);
        Count count = counts.size() < MOST ? counts.computeIfAbsent(key, any -> new Count()) : counts.get(key);
        if (count == null) {
            return standing(rule, key, true, 1, now);
        }
        synchronized (count) {
            boolean admitted = count.sum() < rule.quota();
            if (admitted) {
                count.untold++;
            }
            return standing(rule, key, admitted, count.sum(), now);
        }
    }

    private static Standing standing(Rule rule, Key key, boolean admitted, long sum, long now) {
        return new Standing(
                rule.route(),
                admitted,
                rule.quota(),
                rule.length() / 1_000,
                Math.max(0, rule.quota() - sum),
                Math.max(1, (key.endsAt() - now + 999) / 1_000),
                key.startsAt());
    }

    /** Takes back that a request was counted. */
    void giveBack(Rule rule, String who, long startsAt) {
        Count count = counts.get(new Key(rule.route(), who, startsAt, startsAt + rule.length()));
        if (count != null) {
            synchronized (count) {
                count.untold--;
            }
        }
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Forgets windows that are over. */
    void forget(long now) {
        counts.keySet().removeIf(key -> key.endsAt() <= now);
    }

    /** What is to be told, which counts as told from now on. */
    Map<Key, Long> tell(Map<RouteClass, Rule> rules) {
        Map<Key, Long> news = new HashMap<>();
        counts.forEach((key, count) -> {
            Rule rule = rules.get(key.route());
            long least = rule == null ? 1 : Math.max(1, rule.quota() / TOLD_PART);
            synchronized (count) {
                if (Math.abs(count.untold) >= least) {
                    news.put(key, count.untold);
                    count.told += count.untold;
                    count.untold = 0;
                }
            }
        });
        return news;
    }

    /** Nobody was told after all. */
    void untell(Map<Key, Long> news) {
        news.forEach((key, change) -> {
            Count count = counts.get(key);
            if (count != null) {
                synchronized (count) {
                    count.told -= change;
                    count.untold += change;
                }
            }
        });
    }

    /** What all nodes have told. */
    void learn(Map<Key, Long> totals) {
        totals.forEach((key, total) -> {
            Count count = counts.size() < MOST ? counts.computeIfAbsent(key, any -> new Count()) : counts.get(key);
            if (count != null) {
                synchronized (count) {
                    count.told = total;
                }
            }
        });
    }
}
