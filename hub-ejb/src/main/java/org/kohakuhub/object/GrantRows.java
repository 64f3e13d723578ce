package org.kohakuhub.object;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Sha256;

/** The rights of repositories to contents, and contents that nobody has a right to. Runs in the caller's transaction. */
@ApplicationScoped
class GrantRows {
    private static final int CHUNK = 500;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** The repository's contents in the order of their sha256, behind {@code after}. */
    List<Grants.Granted> page(String repoId, String after, int limit) {
        List<?> rows = em.createNativeQuery("""
                        select c.sha256, c.size, g.created_at from repo_object g
                          join content_object c on c.sha256 = g.sha256
                        where g.repo_id = ?1 and g.sha256 > ?2 order by g.sha256""")
                .setParameter(1, repoId)
                .setParameter(2, after)
                .setMaxResults(limit)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Grants.Granted(
                        new Sha256((String) row[0]), number(row[1]), Instant.ofEpochMilli(number(row[2]))))
                .toList();
    }

    /** Repositories that have rights of before {@code before}, behind the one of this id. */
    List<RepoKey> repositories(long before, String after, int limit) {
        List<?> rows = em.createNativeQuery("""
                        select r.id, r.type, r.namespace, r.name, r.owner_id from repository r
                        where r.id > ?1
                          and exists (select 1 from repo_object g where g.repo_id = r.id and g.created_at < ?2)
                        order by r.id""")
                .setParameter(1, after)
                .setParameter(2, before)
                .setMaxResults(limit)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new RepoKey(
                        (String) row[0],
                        new RepoId(RepoType.parse((String) row[1]), (String) row[2], (String) row[3]),
                        (String) row[4],
                        true))
                .toList();
    }

    /** Takes rights away that were last used before {@code before}, and tells how many. */
    int revoke(String repoId, Collection<Sha256> contents, long before) {
        return each(
                contents,
                chunk -> em.createNativeQuery(
                                "delete from repo_object where repo_id = ?1 and sha256 in (?2) and created_at < ?3")
                        .setParameter(1, repoId)
                        .setParameter(2, chunk)
                        .setParameter(3, before));
    }

    /** Contents of before {@code before} with a whole copy that no repository has a right to and nobody is sending. */
    List<Grants.Unclaimed> unclaimed(long before, String after, int limit) {
        List<?> rows = em.createNativeQuery("""
                        select c.sha256, c.size, c.verified_at from content_object c
                        where c.lfs_key is not null and c.verified_at < ?1 and c.sha256 > ?2
                          and not exists (select 1 from repo_object g where g.sha256 = c.sha256)
                          and not exists (select 1 from upload u where u.sha256 = c.sha256)
                        order by c.sha256""")
                .setParameter(1, before)
                .setParameter(2, after)
                .setMaxResults(limit)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Grants.Unclaimed(
                        new Sha256((String) row[0]), number(row[1]), Instant.ofEpochMilli(number(row[2]))))
                .toList();
    }

    /**
     * Forgets the whole copy of a content that still nobody has a right to; and the content, if it is not in Xet.
     *
     * @return the key whose bytes may go
     */
    Optional<String> forget(Sha256 sha256, long before) {
        List<?> keys = em.createNativeQuery("select lfs_key from content_object where sha256 = ?1")
                .setParameter(1, sha256.hex())
                .getResultList();
        String still = """
                 where sha256 = ?1 and lfs_key is not null and verified_at < ?2
                  and not exists (select 1 from repo_object g where g.sha256 = content_object.sha256)
                  and not exists (select 1 from upload u where u.sha256 = content_object.sha256)""";
        int forgotten = changed(
                        "update content_object set lfs_key = null " + still + " and xet_hash is not null",
                        sha256,
                        before)
                + changed("delete from content_object " + still + " and xet_hash is null", sha256, before);
        return forgotten == 0
                ? Optional.empty()
                : keys.stream().map(String.class::cast).findFirst();
    }

    private int changed(String sql, Sha256 sha256, long before) {
        return em.createNativeQuery(sql)
                .setParameter(1, sha256.hex())
                .setParameter(2, before)
                .executeUpdate();
    }

    private interface Statement {
        Query on(List<String> chunk);
    }

    private static int each(Collection<Sha256> contents, Statement statement) {
        List<String> all =
                contents.stream().map(Sha256::hex).distinct().sorted().toList();
        int changed = 0;
        for (int from = 0; from < all.size(); from += CHUNK) {
            changed += statement
                    .on(new ArrayList<>(all.subList(from, Math.min(all.size(), from + CHUNK))))
                    .executeUpdate();
        }
        return changed;
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
