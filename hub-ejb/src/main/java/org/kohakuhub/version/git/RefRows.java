package org.kohakuhub.version.git;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.Ids;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.version.RemovedBranch;

/** The refs of every repository, one row each. Runs in the caller's transaction, or in none. */
@ApplicationScoped
class RefRows {
    private static final int LONGEST_REASON = 400;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** A ref's value. A symbolic ref has a target and no oid. */
    record Row(String name, String oid, String peeled, String target) {
        /** The commit that the ref leads to, through an annotated tag. */
        GitOid commit() {
            return new GitOid(peeled == null ? oid : peeled);
        }
    }

    Optional<Row> find(String repoId, String ref) {
        return rows("r.repoId = :repo and r.name = :name", repoId).setParameter("name", ref).getResultList().stream()
                .findFirst();
    }

    /** Where a ref stands in each of these repositories that have it. */
    Map<String, GitOid> commits(Collection<String> repoIds, String ref) {
        if (repoIds.isEmpty()) {
            return Map.of();
        }
        return em.createQuery(
                        "select r.repoId, coalesce(r.peeled, r.oid) from GitRef r"
                                + " where r.repoId in (:repos) and r.name = :name and r.oid is not null",
                        Object[].class)
                .setParameter("repos", repoIds)
                .setParameter("name", ref)
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> new GitOid((String) row[1])));
    }

    /** Those of the named refs that exist. */
    List<Row> find(String repoId, List<String> refs) {
        return rows("r.repoId = :repo and r.name in (:names)", repoId)
                .setParameter("names", refs)
                .getResultList();
    }

    /** All refs whose name begins with {@code prefix}, in the order of their names' bytes. */
    List<Row> all(String repoId, String prefix) {
        return rows("r.repoId = :repo and r.name >= :from and r.name < :to", repoId)
                .setParameter("from", prefix)
                .setParameter("to", prefix + '\uffff')
                .getResultList();
    }

    /** What refs that were removed led to last: they may be restored. */
    List<String> removed(String repoId) {
        List<?> rows = em.createNativeQuery(
                        "select distinct old_oid from git_reflog where repo_id = ?1 and new_oid is null")
                .setParameter(1, repoId)
                .getResultList();
        return rows.stream().map(String.class::cast).toList();
    }

    /** Files and folders share their names in git's older ref stores, and clients keep to that: whether a ref forbids this one. */
    boolean isInTheWay(String repoId, String ref) {
        List<String> above = new ArrayList<>();
        for (int i = ref.indexOf('/', RefNames.TAGS.length()); i >= 0; i = ref.indexOf('/', i + 1)) {
            above.add(ref.substring(0, i));
        }
        return !above.isEmpty() && !find(repoId, above).isEmpty()
                || !all(repoId, ref + '/').isEmpty();
    }

    private TypedQuery<Row> rows(String where, String repoId) {
        return em.createQuery(
                        "select new org.kohakuhub.version.git.RefRows$Row(r.name, r.oid, r.peeled, r.target)"
                                + " from GitRef r where " + where + " order by r.name",
                        Row.class)
                .setParameter("repo", repoId);
    }

    /** Moves a ref if it still stands where the step expects it; false means that another writer was first. */
    boolean compareAndSwap(String repoId, RefStep step) {
        String next = step.next().map(GitOid::hex).orElse("");
        String peeled = step.peeled().map(GitOid::hex).orElse("");
        if (step.expected().isEmpty()) {
            return 1
                    == em.createNativeQuery("insert into git_ref (repo_id, name, oid, peeled, version)"
                                    + " values (?1, ?2, ?3, nullif(?4, ''), 0) on conflict do nothing")
                            .setParameter(1, repoId)
                            .setParameter(2, step.ref())
                            .setParameter(3, next)
                            .setParameter(4, peeled)
                            .executeUpdate();
        }
        String expected = step.expected().get().hex();
        if (next.isEmpty()) {
            return 1
                    == em.createNativeQuery("delete from git_ref where repo_id = ?1 and name = ?2 and oid = ?3")
                            .setParameter(1, repoId)
                            .setParameter(2, step.ref())
                            .setParameter(3, expected)
                            .executeUpdate();
        }
        return 1
                == em.createNativeQuery("update git_ref set oid = ?3, peeled = nullif(?4, ''),"
                                + " version = version + 1 where repo_id = ?1 and name = ?2 and oid = ?5")
                        .setParameter(1, repoId)
                        .setParameter(2, step.ref())
                        .setParameter(3, next)
                        .setParameter(4, peeled)
                        .setParameter(5, expected)
                        .executeUpdate();
    }

    /** Makes a symbolic ref point to {@code target}. */
    void link(String repoId, String ref, String target) {
        em.createNativeQuery("insert into git_ref (repo_id, name, target, version) values (?1, ?2, ?3, 0)"
                        + " on conflict (repo_id, name) do update set target = excluded.target")
                .setParameter(1, repoId)
                .setParameter(2, ref)
                .setParameter(3, target)
                .executeUpdate();
    }

    /**
     * Branches that were removed, each by its last removal, newest first.
     *
     * @param since milliseconds since 1970; older removals do not count
     * @param name a whole ref; empty: of all
     * @param before the removal that the page before ended with; empty for the first page
     */
    List<RemovedBranch> removed(
            String repoId, long since, String name, Optional<RemovedBranch.Place> before, int limit) {
        RemovedBranch.Place from = before.orElse(new RemovedBranch.Place(Long.MAX_VALUE, ""));
        List<?> rows = em.createNativeQuery("select r.id, r.name, r.old_oid, r.actor, r.at from git_reflog r"
                        + " where r.repo_id = ?1 and r.new_oid is null and r.at >= ?2 and (?3 = '' or r.name = ?3)"
                        + " and r.name like 'refs/heads/%' and (r.at < ?4 or r.at = ?4 and r.id < ?5)"
                        + " and not exists (select 1 from git_reflog n where n.repo_id = r.repo_id and n.name = r.name"
                        + " and n.new_oid is null and (n.at > r.at or n.at = r.at and n.id > r.id))"
                        + " order by r.at desc, r.id desc limit ?6")
                .setParameter(1, repoId)
                .setParameter(2, since)
                .setParameter(3, name)
                .setParameter(4, from.at())
                .setParameter(5, from.id())
                .setParameter(6, limit)
                .getResultList();
        return rows.stream().map(row -> removedBranch((Object[]) row)).toList();
    }

    private static RemovedBranch removedBranch(Object[] row) {
        long at = ((Number) row[4]).longValue();
        return new RemovedBranch(
                ((String) row[1]).substring(RefNames.HEADS.length()),
                new GitOid((String) row[2]),
                (String) row[3],
                Instant.ofEpochMilli(at),
                new RemovedBranch.Place(at, (String) row[0]));
    }

    /** The heads of all branches that were removed since then. */
    List<String> removedHeads(String repoId, long since, int limit) {
        List<?> heads = em.createNativeQuery("select distinct old_oid from git_reflog where repo_id = ?1"
                        + " and new_oid is null and at >= ?2 and name like 'refs/heads/%' limit ?3")
                .setParameter(1, repoId)
                .setParameter(2, since)
                .setParameter(3, limit)
                .getResultList();
        return heads.stream().map(String::valueOf).toList();
    }

    /** Notes who moved a ref, and why. */
    void log(String repoId, RefStep step, String actor, String reason, InstantSource clock) {
        em.createNativeQuery("insert into git_reflog (id, repo_id, name, old_oid, new_oid, actor, message, at)"
                        + " values (?1, ?2, ?3, nullif(?4, ''), nullif(?5, ''), ?6, ?7, ?8)")
                .setParameter(1, Ids.next(clock))
                .setParameter(2, repoId)
                .setParameter(3, step.ref())
                .setParameter(4, step.expected().map(GitOid::hex).orElse(""))
                .setParameter(5, step.next().map(GitOid::hex).orElse(""))
                .setParameter(6, actor)
                .setParameter(7, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)))
                .setParameter(8, clock.millis())
                .executeUpdate();
    }
}
