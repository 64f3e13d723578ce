package org.kohakuhub.xet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.xet.XetJob.Kind;

/** Work that waits for a node. Runs in the caller's transaction, if there is one. */
@ApplicationScoped
class JobRows {
    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** Adds a job for a content that is there; one that waits already stays as it is. */
    void add(Sha256 sha256, Kind kind, long now) {
        em.createNativeQuery("""
                        insert into xet_job (sha256, kind, due_at)
                        select c.sha256, ?2, ?3 from content_object c where c.sha256 = ?1
                        on conflict (sha256, kind) do nothing""")
                .setParameter(1, sha256.hex())
                .setParameter(2, kind.column())
                .setParameter(3, now)
                .executeUpdate();
    }

    /** Contents that lie only in the object store, if {@code kind} is to convert, or only in Xet, without a job. */
    List<Sha256> wanting(Kind kind, long smallest, int limit) {
        String lacking = kind == Kind.CONVERT
                ? "c.xet_hash is null and c.lfs_key is not null"
                : "c.lfs_key is null and c.xet_hash is not null";
        List<?> rows = em.createNativeQuery("""
                        select c.sha256 from content_object c where %s and c.size >= ?1 and not exists (
                          select 1 from xet_job j where j.sha256 = c.sha256 and j.kind = ?2)""".formatted(lacking))
                .setParameter(1, smallest)
                .setParameter(2, kind.column())
                .setMaxResults(limit)
                .getResultList();
        return rows.stream().map(String.class::cast).map(Sha256::new).toList();
    }

    /** The job that is due for longest. */
    Optional<XetJob> due(long now) {
        List<?> rows =
                em.createNativeQuery("""
                        select sha256, kind, attempts, due_at from xet_job where due_at <= ?1 order by due_at, sha256""").setParameter(1, now).setMaxResults(1).getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new XetJob(
                        new Sha256((String) row[0]),
                        Kind.of((String) row[1]),
                        ((Number) row[2]).intValue(),
                        ((Number) row[3]).longValue()))
                .findFirst();
    }

    /** Takes a job until {@code until}, or keeps it for longer; false if somebody else has. */
    boolean take(XetJob seen, int attempts, long until) {
        return em.createNativeQuery("""
                                update xet_job set due_at = ?1, attempts = ?2
                                where sha256 = ?3 and kind = ?4 and due_at = ?5""")
                        .setParameter(1, until)
                        .setParameter(2, attempts)
                        .setParameter(3, seen.sha256().hex())
                        .setParameter(4, seen.kind().column())
                        .setParameter(5, seen.dueAt())
                        .executeUpdate()
                == 1;
    }

    void done(XetJob job) {
        em.createNativeQuery("delete from xet_job where sha256 = ?1 and kind = ?2")
                .setParameter(1, job.sha256().hex())
                .setParameter(2, job.kind().column())
                .executeUpdate();
    }
}
