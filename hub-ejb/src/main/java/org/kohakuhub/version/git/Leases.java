package org.kohakuhub.version.git;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;

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

    /** Removes the rows of dropped packs whose bytes are gone. */
    public void forget(Collection<String> packNames) {
        packs.delete(packNames);
    }
}
