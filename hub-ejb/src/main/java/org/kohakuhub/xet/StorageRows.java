package org.kohakuhub.xet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Adds up what repositories take. Runs in the caller's transaction, if there is one. */
@ApplicationScoped
class StorageRows {
    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** The size of all contents that the repository has a right to, each counted once. */
    long logicalBytes(String repoId) {
        return sum("""
                select coalesce(sum(c.size), 0) from repo_object g join content_object c on c.sha256 = g.sha256
                where g.repo_id = ?1""", repoId);
    }

    /** The size of those that lie in the object store as a whole. */
    long wholeBytes(String repoId) {
        return sum("""
                select coalesce(sum(c.size), 0) from repo_object g join content_object c on c.sha256 = g.sha256
                where g.repo_id = ?1 and c.lfs_key is not null""", repoId);
    }

    /** Stored bytes of all xorbs that its files have chunks of, whoever else does. */
    long xorbBytes(String repoId) {
        return sum("""
                select coalesce(sum(x.stored_bytes), 0) from xorb x where x.hash in (
                  select t.xorb_hash from repo_object g
                    join content_object c on c.sha256 = g.sha256
                    join xet_term t on t.file_hash = c.xet_hash
                  where g.repo_id = ?1)""", repoId);
    }

    private long sum(String sql, String repoId) {
        return ((Number) em.createNativeQuery(sql).setParameter(1, repoId).getSingleResult()).longValue();
    }
}
