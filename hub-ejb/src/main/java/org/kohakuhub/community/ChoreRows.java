package org.kohakuhub.community;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Gives work that is done once for all nodes to the first who asks for it. */
@Stateless
public class ChoreRows {
    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** Takes the chore, if it is due; nobody else gets it before {@code next}. */
    public boolean take(String name, long now, long next) {
        em.createNativeQuery("insert into chore (name, due_at) values (?1, 0) on conflict (name) do nothing")
                .setParameter(1, name)
                .executeUpdate();
        return 1
                == em.createNativeQuery("update chore set due_at = ?3 where name = ?1 and due_at <= ?2")
                        .setParameter(1, name)
                        .setParameter(2, now)
                        .setParameter(3, next)
                        .executeUpdate();
    }
}
