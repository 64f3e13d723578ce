package org.kohakuhub.version.git;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/** Which node takes care of which repository, for how long; each method is a short transaction. */
@Stateless
public class Leases {
    private final PackRows packs;
    private final InstantSource clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy only. */
    protected Leases() {
        this(null, null);
    }

    @Inject
    public Leases(PackRows packs, InstantSource clock) {
        this.packs = packs;
        this.clock = clock;
    }

    /** True if no other node has the repository; a dead node's lease runs out. */
    public boolean take(String repoId, String node, Duration length) {
        long now = clock.millis();
        return 1
                == em.createNativeQuery("update repository set lease_owner = ?2, lease_until = ?3"
                                + " where id = ?1 and (lease_until is null or lease_until < ?4)")
                        .setParameter(1, repoId)
                        .setParameter(2, node)
                        .setParameter(3, now + length.toMillis())
                        .setParameter(4, now)
                        .executeUpdate();
    }

    /** Gives a lease back. */
    public void release(String repoId, String node) {
        em.createNativeQuery("update repository set lease_until = null where id = ?1 and lease_owner = ?2")
                .setParameter(1, repoId)
                .setParameter(2, node)
                .executeUpdate();
    }

    /**
     * Keys of packs that were promised before {@code before} and named by no row since: from now on none can be, so their
     * bytes may go.
     */
    public List<String> condemn(long before, int limit) {
        List<?> stale = em.createNativeQuery(
                        "select object_key from store_intent where object_key like 'git/%' and created_at < ?1")
                .setParameter(1, before)
                .setMaxResults(limit)
                .getResultList();
        List<String> keys = stale.stream().map(String::valueOf).toList();
        if (!keys.isEmpty()) {
            em.createNativeQuery("update store_intent set condemned_at = ?1 where object_key in (?2)")
                    .setParameter(1, clock.millis())
                    .setParameter(2, keys)
                    .executeUpdate();
        }
        return keys;
    }

    /** Forgets promises whose bytes are gone. */
    public void forgetPromises(Collection<String> keys) {
        em.createNativeQuery("delete from store_intent where object_key in (?1)")
                .setParameter(1, keys)
                .executeUpdate();
    }

    /** Removes the rows of dropped packs whose bytes are gone. */
    public void forget(Collection<String> packNames) {
        packs.delete(packNames);
    }
}
