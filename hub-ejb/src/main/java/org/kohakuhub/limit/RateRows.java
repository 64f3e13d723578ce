package org.kohakuhub.limit;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What nodes tell each other of callers' requests, each call in one short transaction. */
@Stateless
public class RateRows {
    /** Rows are taken in one order, so that two nodes do not wait for each other. */
    private static final Comparator<Windows.Key> ORDER = Comparator.comparing(Windows.Key::route)
            .thenComparing(Windows.Key::who)
            .thenComparing(Windows.Key::startsAt)
            .thenComparing(Windows.Key::endsAt);

    private static final int MOST = 100_000;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** Adds to the sums, and removes those of windows that were over by {@code over}. */
    public void add(Map<Windows.Key, Long> news, long over) {
        Map<Windows.Key, Long> sorted = new TreeMap<>(ORDER);
        sorted.putAll(news);
        sorted.forEach((key, change) -> em.createNativeQuery("""
                        insert into rate_window (route, who, starts_at, ends_at, hits) values (?1, ?2, ?3, ?4, ?5)
                        on conflict (route, who, starts_at) do update set hits = rate_window.hits + excluded.hits""")
                .setParameter(1, key.route().word())
                .setParameter(2, key.who())
                .setParameter(3, key.startsAt())
                .setParameter(4, key.endsAt())
                .setParameter(5, change)
                .executeUpdate());
        em.createNativeQuery("delete from rate_window where ends_at < ?1")
                .setParameter(1, over)
                .executeUpdate();
    }

    /** The sums of the windows that end after this moment. */
    public Map<Windows.Key, Long> since(long now) {
        List<?> rows = em.createNativeQuery(
                        "select route, who, starts_at, ends_at, hits from rate_window where ends_at > ?1")
                .setParameter(1, now)
                .setMaxResults(MOST)
                .getResultList();
        Map<Windows.Key, Long> sums = new HashMap<>();
        for (Object row : rows) {
            Object[] columns = (Object[]) row;
            route((String) columns[0])
                    .ifPresent(route -> sums.put(
                            new Windows.Key(route, (String) columns[1], number(columns[2]), number(columns[3])),
                            number(columns[4])));
        }
        return sums;
    }

    private static Optional<RouteClass> route(String word) {
        return Arrays.stream(RouteClass.values())
                .filter(route -> route.word().equals(word))
                .findFirst();
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }
}
