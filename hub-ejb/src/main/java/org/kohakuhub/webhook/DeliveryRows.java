package org.kohakuhub.webhook;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.common.Ids;
import org.kohakuhub.webhook.Delivery.Outcome;

/** What is to be told: enlisted, taken by one node at a time, and kept for some days. Short transactions. */
@Stateless
public class DeliveryRows {
    /** A node that takes longer over one delivery is dead. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** How long after an attempt the next one comes; after the last it is given up. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6));

    /** A receiver that so many deliveries in a row were given up for is switched off. */
    private static final int MOST_FAILURES = 20;

    private static final Duration LOG = Duration.ofDays(7);
    private static final int LONGEST_ERROR = 400;

    private final InstantSource clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy only. */
    protected DeliveryRows() {
        this(null);
    }

    @Inject
    public DeliveryRows(InstantSource clock) {
        this.clock = clock;
    }

    /** A delivery that a node has taken, with all that it needs for it. */
    public record Taken(String id, String webhookId, String payload, int attempts, URI url, Optional<String> secret) {}

    /** Enlists a delivery, in the caller's transaction. */
    public void add(String webhookId, String payload) {
        em.createNativeQuery("insert into webhook_delivery (id, webhook_id, payload, state, due_at, created_at)"
                        + " values (?1, ?2, ?3, 'pending', ?4, ?4)")
                .setParameter(1, Ids.next(clock))
                .setParameter(2, webhookId)
                .setParameter(3, payload)
                .setParameter(4, clock.millis())
                .executeUpdate();
    }

    /** A delivery whose time has come. */
    public record Due(String id, String webhookId) {}

    /**
     * Of each webhook with something due the delivery that waits for longest, {@code limit} at most; none of those that
     * are {@code busy}.
     */
    public List<Due> due(int limit, Set<String> busy) {
        List<?> rows = em.createNativeQuery("select id, webhook_id from (select d.id, d.webhook_id, d.due_at,"
                        + " row_number() over (partition by d.webhook_id order by d.due_at, d.id) as n"
                        + " from webhook_delivery d join webhook w on w.id = d.webhook_id"
                        + " where d.state = 'pending' and d.due_at <= ?1 and not w.disabled) x"
                        + " where n = 1 order by due_at, id")
                .setParameter(1, clock.millis())
                .setMaxResults(limit + busy.size())
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Due((String) row[0], (String) row[1]))
                .filter(due -> !busy.contains(due.webhookId()))
                .limit(limit)
                .toList();
    }

    /** Takes a delivery for a while; empty if another node was faster. */
    public Optional<Taken> take(String id) {
        long now = clock.millis();
        int taken = em.createNativeQuery("update webhook_delivery set due_at = ?3, attempts = attempts + 1"
                        + " where id = ?1 and state = 'pending' and due_at <= ?2")
                .setParameter(1, id)
                .setParameter(2, now)
                .setParameter(3, now + LEASE.toMillis())
                .executeUpdate();
        if (taken == 0) {
            return Optional.empty();
        }
        List<?> rows = em.createNativeQuery("select d.webhook_id, d.payload, d.attempts, w.url, w.secret"
                        + " from webhook_delivery d join webhook w on w.id = d.webhook_id where d.id = ?1")
                .setParameter(1, id)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Taken(
                        id,
                        (String) row[0],
                        (String) row[1],
                        ((Number) row[2]).intValue(),
                        URI.create((String) row[3]),
                        Optional.ofNullable((String) row[4])))
                .findFirst();
    }

    /** Notes what came of an attempt: it is done, is tried again later, or is given up. */
    public void settle(Taken delivery, Outcome outcome) {
        boolean last = delivery.attempts() > PAUSES.size();
        String state = outcome.isGood() ? "done" : last ? "failed" : "pending";
        long due = clock.millis()
                + (state.equals("pending") ? PAUSES.get(delivery.attempts() - 1).toMillis() : 0);
        em.createNativeQuery("update webhook_delivery set state = ?2, due_at = ?3, status = nullif(?4, -1),"
                        + " answer = nullif(?5, ''), error = nullif(?6, ''), took_millis = ?7 where id = ?1")
                .setParameter(1, delivery.id())
                .setParameter(2, state)
                .setParameter(3, due)
                .setParameter(4, outcome.status().orElse(-1))
                .setParameter(5, outcome.answer().orElse("").replace("\0", ""))
                .setParameter(6, cut(outcome.error().orElse("")))
                .setParameter(7, outcome.tookMillis())
                .executeUpdate();
        if (!state.equals("pending")) {
            em.createNativeQuery("update webhook set failures = case when ?2 = 1 then 0 else failures + 1 end,"
                            + " disabled = case when ?2 = 0 and failures + 1 >= ?3 then true else disabled end"
                            + " where id = ?1")
                    .setParameter(1, delivery.webhookId())
                    .setParameter(2, outcome.isGood() ? 1 : 0)
                    .setParameter(3, MOST_FAILURES)
                    .executeUpdate();
        }
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_ERROR));
    }

    /** Tells something once more, whatever came of it; false if this webhook has no such delivery. */
    public boolean again(String webhookId, String id) {
        return 1
                == em.createNativeQuery("update webhook_delivery set state = 'pending', due_at = ?3, attempts = 0"
                                + " where webhook_id = ?1 and id = ?2 and state <> 'pending'")
                        .setParameter(1, webhookId)
                        .setParameter(2, id)
                        .setParameter(3, clock.millis())
                        .executeUpdate();
    }

    /** The newest deliveries of a webhook, from the one after {@code before} on if that is not empty. */
    public List<Delivery> log(String webhookId, String before, int limit) {
        String after = before.isEmpty()
                ? ""
                : " and (d.created_at, d.id) < (select b.created_at, b.id from webhook_delivery b where b.id = ?2)";
        Query query = em.createNativeQuery(
                        "select d.id, d.payload, d.state, d.attempts, d.created_at, d.status, d.answer,"
                                + " d.error, d.took_millis from webhook_delivery d where d.webhook_id = ?1" + after
                                + " order by d.created_at desc, d.id desc")
                .setParameter(1, webhookId)
                .setMaxResults(limit);
        if (!before.isEmpty()) {
            query.setParameter(2, before);
        }
        List<?> rows = query.getResultList();
        return rows.stream().map(row -> delivery((Object[]) row)).toList();
    }

    private static Delivery delivery(Object[] row) {
        Optional<Outcome> outcome = row[8] == null
                ? Optional.empty()
                : Optional.of(new Outcome(
                        Optional.ofNullable((Number) row[5]).map(Number::intValue),
                        Optional.ofNullable((String) row[6]),
                        Optional.ofNullable((String) row[7]),
                        ((Number) row[8]).longValue()));
        return new Delivery(
                (String) row[0],
                (String) row[1],
                (String) row[2],
                ((Number) row[3]).intValue(),
                Instant.ofEpochMilli(((Number) row[4]).longValue()),
                outcome);
    }

    /** Forgets what is over for long, and what waits for a webhook that was switched off long ago. */
    public void forget() {
        em.createNativeQuery("delete from webhook_delivery where created_at < ?1 and due_at < ?2")
                .setParameter(1, clock.millis() - LOG.toMillis())
                .setParameter(2, clock.millis())
                .executeUpdate();
    }
}
