package org.kohakuhub.bucket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kohakuhub.access.BucketKey;
import org.kohakuhub.access.NamespaceKey;
import org.kohakuhub.access.Visibility;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.Text;

/** The rows of the buckets. Runs in the caller's transaction, if there is one. */
@ApplicationScoped
class BucketRows {
    private static final String COLUMNS = """
            select b.id, b.namespace, b.name, case when b.is_private then 1 else 0 end as hidden, b.size, b.total_files,
              b.created_at, b.modified_at from bucket b
            """;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    Optional<BucketRecord> byId(String id) {
        return records(em.createNativeQuery(COLUMNS + "where b.id = :id", Tuple.class)
                        .setParameter("id", id))
                .stream()
                .findFirst();
    }

    /** The bucket of this owner whose name is the same but for case, hyphens and underscores. */
    Optional<BucketRecord> lookAlike(String ownerId, String name) {
        return records(em.createNativeQuery(
                                COLUMNS + "where b.owner_id = :owner and b.normalized_name = :name", Tuple.class)
                        .setParameter("owner", ownerId)
                        .setParameter("name", Text.normalizedName(name)))
                .stream()
                .findFirst();
    }

    /**
     * The owner's buckets, newest first, behind the one of this id; and, to tell whether more follow, one more.
     *
     * @param search part of the name; empty for all
     */
    List<BucketRecord> page(NamespaceKey owner, String search, String after, int limit, Visibility visibility) {
        String sql = COLUMNS + "where b.owner_id = :owner and b.id < :after"
                + (visibility.includes(owner.id()) ? "" : " and not b.is_private")
                + (search.isEmpty() ? "" : " and replace(lower(b.name), :search, '') <> lower(b.name)")
                + " order by b.id desc";
        Query query = em.createNativeQuery(sql, Tuple.class)
                .setParameter("owner", owner.id())
                .setParameter("after", after);
        if (!search.isEmpty()) {
            query.setParameter("search", search.toLowerCase(Locale.ROOT));
        }
        return records(query.setMaxResults(limit + 1));
    }

    /** Adds an empty bucket; false if the owner has one of a look-alike name. */
    boolean insert(BucketKey bucket, String createdBy, long now) {
        return em.createNativeQuery("""
                                insert into bucket (id, owner_id, namespace, name, normalized_name, is_private,
                                  created_by, created_at, modified_at)
                                values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)
                                on conflict (owner_id, normalized_name) do nothing""")
                        .setParameter(1, bucket.id())
                        .setParameter(2, bucket.ownerId())
                        .setParameter(3, bucket.name().namespace())
                        .setParameter(4, bucket.name().name())
                        .setParameter(5, Text.normalizedName(bucket.name().name()))
                        .setParameter(6, bucket.isPrivate())
                        .setParameter(7, createdBy)
                        .setParameter(8, now)
                        .executeUpdate()
                == 1;
    }

    /** Removes a bucket with its files and the rights that it has; contents that nobody else has are swept later. */
    void delete(String id) {
        em.createNativeQuery("delete from bucket where id = ?1")
                .setParameter(1, id)
                .executeUpdate();
    }

    /** Gives a bucket another name and owner; false if it is gone. */
    boolean rename(String id, String ownerId, BucketId name) {
        return em.createNativeQuery("""
                                update bucket set owner_id = ?1, namespace = ?2, name = ?3, normalized_name = ?4
                                where id = ?5""")
                        .setParameter(1, ownerId)
                        .setParameter(2, name.namespace())
                        .setParameter(3, name.name())
                        .setParameter(4, Text.normalizedName(name.name()))
                        .setParameter(5, id)
                        .executeUpdate()
                == 1;
    }

    /** Sends who asks for this name to the bucket of this row. */
    void redirect(BucketId before, String id) {
        em.createNativeQuery("""
                        insert into bucket_redirect (namespace, name, bucket_id) values (?1, ?2, ?3)
                        on conflict (namespace, name) do update set bucket_id = excluded.bucket_id""")
                .setParameter(1, Text.normalizedName(before.namespace()))
                .setParameter(2, Text.normalizedName(before.name()))
                .setParameter(3, id)
                .executeUpdate();
    }

    void setPrivate(String id, boolean isPrivate) {
        em.createNativeQuery("update bucket set is_private = ?1 where id = ?2")
                .setParameter(1, isPrivate)
                .setParameter(2, id)
                .executeUpdate();
    }

    /** Notes that files change, and lets nobody else change them until the transaction's end; false if it is gone. */
    boolean lock(String id, long now) {
        return em.createNativeQuery("update bucket set modified_at = ?1 where id = ?2")
                        .setParameter(1, now)
                        .setParameter(2, id)
                        .executeUpdate()
                == 1;
    }

    /** Adds to the sums. */
    void grow(String id, long bytes, long files) {
        em.createNativeQuery("update bucket set size = size + ?1, total_files = total_files + ?2 where id = ?3")
                .setParameter(1, bytes)
                .setParameter(2, files)
                .setParameter(3, id)
                .executeUpdate();
    }

    @SuppressWarnings("unchecked") // JPA has no typed native query for tuples
    private static List<BucketRecord> records(Query query) {
        return ((List<Tuple>) query.getResultList())
                .stream().map(BucketRows::record).toList();
    }

    private static BucketRecord record(Tuple row) {
        return new BucketRecord(
                row.get("id", String.class),
                new BucketId(row.get("namespace", String.class), row.get("name", String.class)),
                number(row, "hidden") == 1,
                number(row, "size"),
                number(row, "total_files"),
                Instant.ofEpochMilli(number(row, "created_at")),
                Instant.ofEpochMilli(number(row, "modified_at")));
    }

    private static long number(Tuple row, String column) {
        return ((Number) row.get(column)).longValue();
    }
}
