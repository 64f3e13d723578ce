package org.kohakuhub.weights;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.common.Sha256;

/** Heads that were read, by the contents' hashes. Each public method is one short transaction. */
@Stateless
public class HeadRows {
    @PersistenceContext(unitName = "hub")
    EntityManager em;

    private final InstantSource clock;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway")
    protected HeadRows() {
        this(null);
    }

    @Inject
    public HeadRows(InstantSource clock) {
        this.clock = clock;
    }

    /** Those of these heads that were read, as JSON objects; empty for a damaged one. */
    public Map<Sha256, Optional<String>> find(Collection<Sha256> contents) {
        Map<Sha256, Optional<String>> found = new HashMap<>();
        if (contents.isEmpty()) {
            return found;
        }
        for (Object row : em.createNativeQuery("select sha256, facts from weight_head where sha256 in (:contents)")
                .setParameter("contents", contents.stream().map(Sha256::hex).toList())
                .getResultList()) {
            Object[] columns = (Object[]) row;
            found.put(new Sha256((String) columns[0]), Optional.ofNullable((String) columns[1]));
        }
        return found;
    }

    /** Keeps what was read; what another node read is the same. */
    public void keep(Sha256 content, Optional<String> facts) {
        em.createNativeQuery("insert into weight_head (sha256, facts, read_at)"
                        + " values (?1, nullif(?2, ''), ?3) on conflict (sha256) do nothing")
                .setParameter(1, content.hex())
                .setParameter(2, facts.orElse(""))
                .setParameter(3, clock.millis())
                .executeUpdate();
    }
}
