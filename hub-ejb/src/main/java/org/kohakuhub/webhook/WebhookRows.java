package org.kohakuhub.webhook;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.common.Ids;
import org.kohakuhub.database.Columns;
import org.kohakuhub.webhook.Webhook.Domain;
import org.kohakuhub.webhook.Webhook.Watched;

/** The rows of webhooks, each call in one short transaction. Every question names the owner: nobody finds another's. */
@Stateless
public class WebhookRows {
    private static final String SELECT = "select w.id, w.url, w.secret, w.on_repo, w.on_discussions, w.disabled,"
            + " a.kind, a.name, r.type, r.namespace, r.name as repo_name from webhook w"
            + " left join webhook_watch h on h.webhook_id = w.id left join account a on a.id = h.account_id"
            + " left join repository r on r.id = h.repo_id where w.owner_id = ?1";

    private final InstantSource clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy only. */
    protected WebhookRows() {
        this(null);
    }

    @Inject
    public WebhookRows(InstantSource clock) {
        this.clock = clock;
    }

    /** What is watched, by its row's id. */
    public record Target(boolean account, String id) {}

    /** What a webhook is to be. */
    public record Content(URI url, List<Target> targets, Set<Domain> domains, Optional<String> secret) {}

    /** All webhooks of a user, oldest first. */
    public List<Webhook> all(String ownerId) {
        return read(em.createNativeQuery(SELECT + " order by w.created_at, w.id, h.position")
                .setParameter(1, ownerId)
                .getResultList());
    }

    public Optional<Webhook> find(String ownerId, String id) {
        return read(em.createNativeQuery(SELECT + " and w.id = ?2 order by h.position")
                        .setParameter(1, ownerId)
                        .setParameter(2, id)
                        .getResultList())
                .stream()
                .findFirst();
    }

    private static List<Webhook> read(List<?> rows) {
        Map<String, List<Object[]>> byId = new LinkedHashMap<>();
        for (Object found : rows) {
            Object[] row = (Object[]) found;
            byId.computeIfAbsent((String) row[0], id -> new ArrayList<>()).add(row);
        }
        return byId.values().stream().map(WebhookRows::webhook).toList();
    }

    private static Webhook webhook(List<Object[]> rows) {
        Object[] first = rows.get(0);
        Set<Domain> domains = EnumSet.noneOf(Domain.class);
        if (Columns.truth(first[3])) {
            domains.add(Domain.REPO);
        }
        if (Columns.truth(first[4])) {
            domains.add(Domain.DISCUSSIONS);
        }
        List<Watched> watched = new ArrayList<>();
        for (Object[] row : rows) {
            if (row[6] != null) {
                watched.add(new Watched((String) row[6], (String) row[7]));
            } else if (row[8] != null) {
                watched.add(new Watched((String) row[8], row[9] + "/" + row[10]));
            }
        }
        return new Webhook(
                (String) first[0],
                URI.create((String) first[1]),
                watched,
                domains,
                Optional.ofNullable((String) first[2]),
                Columns.truth(first[5]));
    }

    /** How many a user has. */
    public long count(String ownerId) {
        return ((Number) em.createNativeQuery("select count(*) from webhook where owner_id = ?1")
                        .setParameter(1, ownerId)
                        .getSingleResult())
                .longValue();
    }

    public String add(String ownerId, Content content) {
        String id = Ids.next(clock);
        em.createNativeQuery("insert into webhook (id, owner_id, url, secret, on_repo, on_discussions, created_at)"
                        + " values (?1, ?2, ?3, nullif(?4, ''), ?5, ?6, ?7)")
                .setParameter(1, id)
                .setParameter(2, ownerId)
                .setParameter(3, content.url().toString())
                .setParameter(4, content.secret().orElse(""))
                .setParameter(5, content.domains().contains(Domain.REPO))
                .setParameter(6, content.domains().contains(Domain.DISCUSSIONS))
                .setParameter(7, clock.millis())
                .executeUpdate();
        watch(id, content.targets());
        return id;
    }

    private void watch(String id, List<Target> targets) {
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            em.createNativeQuery("insert into webhook_watch (webhook_id, position, "
                            + (target.account() ? "account_id" : "repo_id") + ") values (?1, ?2, ?3)")
                    .setParameter(1, id)
                    .setParameter(2, i)
                    .setParameter(3, target.id())
                    .executeUpdate();
        }
    }

    /** Gives a webhook of this owner another content; false if he has none of this id. */
    public boolean replace(String ownerId, String id, Content content) {
        int changed = em.createNativeQuery("update webhook set url = ?3, secret = nullif(?4, ''), on_repo = ?5,"
                        + " on_discussions = ?6 where owner_id = ?1 and id = ?2")
                .setParameter(1, ownerId)
                .setParameter(2, id)
                .setParameter(3, content.url().toString())
                .setParameter(4, content.secret().orElse(""))
                .setParameter(5, content.domains().contains(Domain.REPO))
                .setParameter(6, content.domains().contains(Domain.DISCUSSIONS))
                .executeUpdate();
        if (changed == 0) {
            return false;
        }
        em.createNativeQuery("delete from webhook_watch where webhook_id = ?1")
                .setParameter(1, id)
                .executeUpdate();
        watch(id, content.targets());
        return true;
    }

    /** Switches it on or off; false if there is none. */
    public boolean disable(String ownerId, String id, boolean disabled) {
        return 1
                == em.createNativeQuery(
                                "update webhook set disabled = ?3, failures = 0 where owner_id = ?1 and id = ?2")
                        .setParameter(1, ownerId)
                        .setParameter(2, id)
                        .setParameter(3, disabled)
                        .executeUpdate();
    }

    public boolean remove(String ownerId, String id) {
        return 1
                == em.createNativeQuery("delete from webhook where owner_id = ?1 and id = ?2")
                        .setParameter(1, ownerId)
                        .setParameter(2, id)
                        .executeUpdate();
    }
}
