package org.kohakuhub.xet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.OptionalLong;

/** What nobody uses any more. Runs in the caller's transaction, if there is one. */
@ApplicationScoped
class SweepRows {
    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** A xorb that no file has; times in milliseconds since 1970. */
    record Unused(String hash, long bytes, long createdAt, OptionalLong namedAt, OptionalLong condemnedAt) {}

    /** Something that may go, how many bytes it has, and since when it is there. */
    record Dated(String name, long bytes, long createdAt) {}

    /** Xorbs that no file has, oldest first, behind the one of this hash. */
    List<Unused> unusedXorbs(String after, int limit) {
        List<?> rows = em.createNativeQuery("""
                        select x.hash, x.stored_bytes, x.created_at, x.named_at, x.condemned_at from xorb x
                        where x.hash > ?1 and not exists (select 1 from xet_term t where t.xorb_hash = x.hash)
                        order by x.hash""")
                .setParameter(1, after)
                .setMaxResults(limit)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row ->
                        new Unused((String) row[0], number(row[1]), number(row[2]), optional(row[3]), optional(row[4])))
                .toList();
    }

    /** Takes back the right to files that a bucket got before {@code before} and has not named. */
    int expireUploads(long before) {
        return em.createNativeQuery("delete from bucket_upload where created_at < ?1")
                .setParameter(1, before)
                .executeUpdate();
    }

    /** Files that no repository has a right to and no bucket has, of before {@code before}. */
    List<Dated> forgottenFiles(long before, int limit) {
        return dated(em.createNativeQuery("""
                        select f.hash, f.size, f.created_at from xet_file f
                        where f.created_at < ?1 and not exists (
                          select 1 from content_object c join repo_object g on g.sha256 = c.sha256
                          where c.xet_hash = f.hash)
                        and not exists (select 1 from bucket_file b where b.xet_hash = f.hash)
                        and not exists (select 1 from bucket_upload u where u.xet_hash = f.hash)
                        order by f.created_at, f.hash""")
                .setParameter(1, before)
                .setMaxResults(limit)
                .getResultList());
    }

    /** Keys at which bytes of a xorb may lie that no row names. */
    List<Dated> promised(int limit) {
        return dated(em.createNativeQuery("""
                        select i.object_key, 0, i.created_at from store_intent i
                        where i.object_key like 'xet/xorbs/%' order by i.created_at, i.object_key""").setMaxResults(limit).getResultList());
    }

    private static List<Dated> dated(List<?> rows) {
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Dated((String) row[0], number(row[1]), number(row[2])))
                .toList();
    }

    /** Takes files out of the books that still nobody has a right to, and tells how many. */
    int forget(List<String> files, long before) {
        String unclaimed = """
                not exists (select 1 from repo_object g where g.sha256 = content_object.sha256)""";
        em.createNativeQuery("update content_object set xet_hash = null where xet_hash in (?1) and lfs_key is not null"
                        + " and " + unclaimed)
                .setParameter(1, files)
                .executeUpdate();
        em.createNativeQuery("delete from content_object where xet_hash in (?1) and lfs_key is null and " + unclaimed)
                .setParameter(1, files)
                .executeUpdate();
        return em.createNativeQuery("""
                        delete from xet_file where hash in (?1) and created_at < ?2
                        and not exists (select 1 from content_object c where c.xet_hash = xet_file.hash)
                        and not exists (select 1 from bucket_file b where b.xet_hash = xet_file.hash)
                        and not exists (select 1 from bucket_upload u where u.xet_hash = xet_file.hash)""")
                .setParameter(1, files)
                .setParameter(2, before)
                .executeUpdate();
    }

    /** Hides xorbs from dedup answers that still nobody counts on, and tells how many. */
    int condemn(List<String> xorbs, XetSweep.Limits limits, long now) {
        return em.createNativeQuery("""
                        update xorb set condemned_at = ?1 where hash in (?2) and condemned_at is null
                        and (named_at < ?3 or named_at is null and created_at < ?4)
                        and not exists (select 1 from xet_term t where t.xorb_hash = xorb.hash)""")
                .setParameter(1, now)
                .setParameter(2, xorbs)
                .setParameter(3, limits.namedBefore())
                .setParameter(4, limits.orphanBefore())
                .executeUpdate();
    }

    /** Deletes the row of a condemned xorb that nobody revived, and gives its key. */
    List<String> remove(String xorb, XetSweep.Limits limits) {
        List<?> keys = em.createNativeQuery("select object_key from xorb where hash = ?1")
                .setParameter(1, xorb)
                .getResultList();
        int removed = em.createNativeQuery("""
                        delete from xorb where hash = ?1 and condemned_at < ?2
                        and (named_at < ?3 or named_at is null and created_at < ?4)
                        and not exists (select 1 from xet_term t where t.xorb_hash = xorb.hash)""")
                .setParameter(1, xorb)
                .setParameter(2, limits.condemnedBefore())
                .setParameter(3, limits.namedBefore())
                .setParameter(4, limits.orphanBefore())
                .executeUpdate();
        return removed == 0 ? List.of() : keys.stream().map(String.class::cast).toList();
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    private static OptionalLong optional(Object value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(number(value));
    }
}
