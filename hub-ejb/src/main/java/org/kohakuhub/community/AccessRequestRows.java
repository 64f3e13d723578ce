package org.kohakuhub.community;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;

/** The rows of access requests. Runs in the caller's transaction, if there is one. */
@ApplicationScoped
class AccessRequestRows {
    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** The setting of a repository: false, auto or manual. */
    String gated(String repoId) {
        List<?> rows = em.createNativeQuery("select gated from repository where id = ?1")
                .setParameter(1, repoId)
                .getResultList();
        return rows.stream().map(String.class::cast).findFirst().orElseThrow(AccessPolicy::noSuchRepository);
    }

    Optional<AccessStatus> status(String repoId, String userId) {
        List<?> found = em.createNativeQuery("select status from access_request where repo_id = ?1 and user_id = ?2")
                .setParameter(1, repoId)
                .setParameter(2, userId)
                .getResultList();
        return found.stream().findFirst().flatMap(text -> AccessStatus.parse((String) text));
    }

    /** Adds a request; false if the user has one. */
    boolean add(String repoId, String userId, AccessStatus status, String fields, long now) {
        return 1
                == em.createNativeQuery("""
                                insert into access_request (repo_id, user_id, status, fields, requested_at)
                                values (?1, ?2, ?3, ?4, ?5) on conflict (repo_id, user_id) do nothing""")
                        .setParameter(1, repoId)
                        .setParameter(2, userId)
                        .setParameter(3, status.text())
                        .setParameter(4, fields)
                        .setParameter(5, now)
                        .executeUpdate();
    }

    /** Accepts a user who may have asked; false if he was in already. */
    boolean grant(String repoId, String userId, String by, long now) {
        return 1
                == em.createNativeQuery("""
                                insert into access_request
                                  (repo_id, user_id, status, requested_at, decided_at, decided_by)
                                values (?1, ?2, 'accepted', ?3, ?3, ?4)
                                on conflict (repo_id, user_id) do update
                                  set status = 'accepted', rejection_reason = null, decided_at = ?3, decided_by = ?4
                                  where access_request.status <> 'accepted'""")
                        .setParameter(1, repoId)
                        .setParameter(2, userId)
                        .setParameter(3, now)
                        .setParameter(4, by)
                        .executeUpdate();
    }

    /** Decides; false if that is decided, or there is no request. */
    boolean decide(String repoId, String userId, AccessStatus status, String reason, String by, long now) {
        return 1
                == em.createNativeQuery("""
                                update access_request
                                set status = ?1, rejection_reason = ?2, decided_at = ?3, decided_by = ?4
                                where repo_id = ?5 and user_id = ?6 and status <> ?1""")
                        .setParameter(1, status.text())
                        .setParameter(2, reason)
                        .setParameter(3, now)
                        .setParameter(4, by)
                        .setParameter(5, repoId)
                        .setParameter(6, userId)
                        .executeUpdate();
    }

    /** Requests of one status, oldest first. */
    List<AccessRequest> list(String repoId, AccessStatus status, PageCursor after, int limit) {
        List<?> rows = em.createNativeQuery("""
                        select q.user_id, a.name, a.full_name, a.email, q.fields, q.rejection_reason, q.requested_at
                        from access_request q join account a on a.id = q.user_id
                        where q.repo_id = ?1 and q.status = ?2
                          and (q.requested_at > ?3 or (q.requested_at = ?3 and q.user_id > ?4))
                        order by q.requested_at, q.user_id limit ?5""")
                .setParameter(1, repoId)
                .setParameter(2, status.text())
                .setParameter(3, after.at())
                .setParameter(4, after.id())
                .setParameter(5, limit)
                .getResultList();
        return rows.stream().map(row -> request((Object[]) row, status)).toList();
    }

    private static AccessRequest request(Object[] row, AccessStatus status) {
        Optional<String> fields = Optional.ofNullable((String) row[4]);
        return new AccessRequest(
                (String) row[0],
                (String) row[1],
                Optional.ofNullable((String) row[2]),
                fields.flatMap(asked -> Optional.ofNullable((String) row[3])),
                status,
                fields,
                Optional.ofNullable((String) row[5]),
                Instant.ofEpochMilli(((Number) row[6]).longValue()));
    }
}
