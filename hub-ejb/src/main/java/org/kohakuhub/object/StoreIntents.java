package org.kohakuhub.object;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/**
 * Keys at which bytes may appear before a row names them. Written first, removed by what names the key: so nothing that
 * lies in the store is unknown to the database. Runs in the caller's transaction, if there is one.
 */
@ApplicationScoped
class StoreIntents {
    /** Only these belong to this package; packs have their own keeper. */
    private static final List<String> OURS =
            List.of(ObjectKeys.UPLOADS, ObjectKeys.CONTENTS, ObjectKeys.XORBS, ObjectKeys.ATTACHMENTS);

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    void promise(String key, String repoId, long now) {
        em.createNativeQuery("insert into store_intent (object_key, repo_id, created_at) values (?1, ?2, ?3)")
                .setParameter(1, key)
                .setParameter(2, repoId)
                .setParameter(3, now)
                .executeUpdate();
    }

    void rememberMultipart(String key, String multipartId) {
        em.createNativeQuery("update store_intent set multipart_id = ?1 where object_key = ?2")
                .setParameter(1, multipartId)
                .setParameter(2, key)
                .executeUpdate();
    }

    /** The client got a new address for the key, so bytes may appear for longer; false if a sweeper was faster. */
    boolean renew(String key, long now) {
        return em.createNativeQuery(
                                "update store_intent set created_at = ?1 where object_key = ?2 and condemned_at is null")
                        .setParameter(1, now)
                        .setParameter(2, key)
                        .executeUpdate()
                == 1;
    }

    /** The key gets a name in this transaction; false if a sweeper was faster, and then it must not. */
    boolean fulfil(String key) {
        return em.createNativeQuery("delete from store_intent where object_key = ?1 and condemned_at is null")
                        .setParameter(1, key)
                        .executeUpdate()
                == 1;
    }

    /** Promises of before {@code before}, and those that a sweeper left half done. */
    List<Stale> stale(long before, int limit) {
        List<?> rows = em.createNativeQuery("""
                        select object_key, multipart_id from store_intent
                        where created_at < ?1 and (object_key like ?2 or object_key like ?3 or object_key like ?4
                        or object_key like ?5)
                        order by created_at, object_key""")
                .setParameter(1, before)
                .setParameter(2, OURS.get(0) + '%')
                .setParameter(3, OURS.get(1) + '%')
                .setParameter(4, OURS.get(2) + '%')
                .setParameter(5, OURS.get(3) + '%')
                .setMaxResults(limit)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Stale((String) row[0], Optional.ofNullable((String) row[1])))
                .toList();
    }

    /** Makes sure that nothing names the key any more; false if something does, or it was renewed. */
    boolean condemn(String key, long before, long now) {
        return em.createNativeQuery("""
                                update store_intent set condemned_at = ?1 where object_key = ?2 and created_at < ?3
                                and not exists (select 1 from content_object where lfs_key = ?2)
                                and not exists (select 1 from xorb where object_key = ?2)
                                and not exists (select 1 from upload where object_key = ?2)
                                and not exists (select 1 from attachment where object_key = ?2)""")
                        .setParameter(1, now)
                        .setParameter(2, key)
                        .setParameter(3, before)
                        .executeUpdate()
                == 1;
    }

    /** What was named at the key is not any more: the sweep removes the bytes when nobody can still be reading them. */
    void giveUp(String key, long now) {
        em.createNativeQuery("insert into store_intent (object_key, created_at, condemned_at) values (?1, ?2, ?2)")
                .setParameter(1, key)
                .setParameter(2, now)
                .executeUpdate();
    }

    void forget(String key) {
        em.createNativeQuery("delete from store_intent where object_key = ?1")
                .setParameter(1, key)
                .executeUpdate();
    }

    /** A key that may hold bytes which nobody will ask for, and the multipart upload to it. */
    record Stale(String key, Optional<String> multipartId) {}
}
