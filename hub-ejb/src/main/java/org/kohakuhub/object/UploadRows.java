package org.kohakuhub.object;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.Sha256;

/** Uploads on their way. Runs in the caller's transaction, if there is one. */
@ApplicationScoped
class UploadRows {
    @PersistenceContext(unitName = "hub")
    EntityManager em;

    void add(Upload upload) {
        em.persist(upload);
    }

    /** One upload that is still open. */
    Optional<UploadInFlight> find(String id, long now) {
        return em
                .createQuery("select u from Upload u where u.id = :id and u.expiresAt > :now", Upload.class)
                .setParameter("id", id)
                .setParameter("now", now)
                .getResultList()
                .stream()
                .map(Upload::shown)
                .findFirst();
    }

    /** What the repository's members upload under this sha256, newest first. */
    List<UploadInFlight> inFlight(String repoId, Sha256 sha256, long now) {
        return em
                .createQuery("""
                        select u from Upload u
                        where u.repoId = :repo and u.sha256 = :sha256 and u.expiresAt > :now
                        order by u.createdAt desc, u.id desc""", Upload.class)
                .setParameter("repo", repoId)
                .setParameter("sha256", sha256.hex())
                .setParameter("now", now)
                .getResultList()
                .stream()
                .map(Upload::shown)
                .toList();
    }

    /** What this user uploads to the repository, of these contents, newest first; at most some hundreds are asked for at once. */
    List<UploadInFlight> inFlight(String repoId, String userId, Collection<Sha256> contents, long now) {
        return em
                .createQuery("""
                        select u from Upload u
                        where u.repoId = :repo and u.userId = :user and u.sha256 in (:contents)
                        and u.expiresAt > :now order by u.createdAt desc, u.id desc""", Upload.class)
                .setParameter("repo", repoId)
                .setParameter("user", userId)
                .setParameter("contents", contents.stream().map(Sha256::hex).toList())
                .setParameter("now", now)
                .getResultList()
                .stream()
                .map(Upload::shown)
                .toList();
    }

    /** Keeps an upload open for longer; false if it is gone. */
    boolean extend(String id, long expiresAt) {
        return em.createQuery("update Upload u set u.expiresAt = :at where u.id = :id")
                        .setParameter("at", expiresAt)
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }

    void remove(String id) {
        em.createQuery("delete from Upload u where u.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Forgets what was not finished in time; its bytes are behind an intent that is swept later. */
    int removeExpired(long now) {
        return em.createQuery("delete from Upload u where u.expiresAt <= :now")
                .setParameter("now", now)
                .executeUpdate();
    }
}
