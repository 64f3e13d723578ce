package org.kohakuhub.bucket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.common.XetHash;

/** The files of buckets. Runs in the caller's transaction, if there is one. */
@ApplicationScoped
class BucketFileRows {
    /** Behind every path that begins with what stands before it: both databases compare by bytes. */
    static final String LAST = "\udbff\udfff";

    private static final String COLUMNS =
            "select path, xet_hash, size, content_type, mtime, uploaded_at from bucket_file ";
    private static final int CHUNK = 500;

    /** Rows of one insert: as many as keep it below the databases' limits of parameters. */
    private static final int INSERT = 100;

    private static final int INSERTED = 7;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** Files whose paths begin with {@code prefix}, in the order of their paths, behind {@code after}. */
    List<BucketFile> page(String bucketId, String prefix, String after, int limit) {
        return files(em.createNativeQuery(
                        COLUMNS + "where bucket_id = ?1 and path > ?2 and path >= ?3 and path < ?4 order by path")
                .setParameter(1, bucketId)
                .setParameter(2, after)
                .setParameter(3, prefix)
                .setParameter(4, prefix + LAST)
                .setMaxResults(limit));
    }

    /** Those of {@code paths} that there are, by path. */
    Map<String, BucketFile> find(String bucketId, Collection<String> paths) {
        Map<String, BucketFile> found = new HashMap<>();
        for (List<String> chunk : chunks(paths)) {
            files(em.createNativeQuery(COLUMNS + "where bucket_id = ?1 and path in (?2)")
                            .setParameter(1, bucketId)
                            .setParameter(2, chunk))
                    .forEach(file -> found.put(file.path(), file));
        }
        return found;
    }

    void delete(String bucketId, Collection<String> paths) {
        for (List<String> chunk : chunks(paths)) {
            em.createNativeQuery("delete from bucket_file where bucket_id = ?1 and path in (?2)")
                    .setParameter(1, bucketId)
                    .setParameter(2, chunk)
                    .executeUpdate();
        }
    }

    void insert(String bucketId, List<BucketFile> files) {
        for (int from = 0; from < files.size(); from += INSERT) {
            insertSome(bucketId, files.subList(from, Math.min(files.size(), from + INSERT)));
        }
    }

    private void insertSome(String bucketId, List<BucketFile> files) {
        StringBuilder sql = new StringBuilder(
                "insert into bucket_file (bucket_id, path, xet_hash, size, content_type, mtime, uploaded_at) values ");
        for (int row = 0; row < files.size(); row++) {
            sql.append(row == 0 ? "(" : ", (");
            for (int column = 1; column <= INSERTED; column++) {
                sql.append(column == 1 ? "?" : ", ?").append(row * INSERTED + column);
            }
            sql.append(')');
        }
        Query insert = em.createNativeQuery(sql.toString());
        int parameter = 0;
        for (BucketFile file : files) {
            insert.setParameter(++parameter, bucketId);
            insert.setParameter(++parameter, file.path());
            insert.setParameter(++parameter, file.hash().hex());
            insert.setParameter(++parameter, file.size());
            insert.setParameter(++parameter, file.contentType().orElse(""));
            insert.setParameter(++parameter, file.mtime().toEpochMilli());
            insert.setParameter(++parameter, file.uploadedAt().toEpochMilli());
        }
        insert.executeUpdate();
    }

    private static List<BucketFile> files(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast).map(BucketFileRows::file).toList();
    }

    private static BucketFile file(Object[] row) {
        return new BucketFile(
                (String) row[0],
                XetHash.parse((String) row[1]),
                ((Number) row[2]).longValue(),
                Optional.of((String) row[3]).filter(type -> !type.isEmpty()),
                Instant.ofEpochMilli(((Number) row[4]).longValue()),
                Instant.ofEpochMilli(((Number) row[5]).longValue()));
    }

    private static List<List<String>> chunks(Collection<String> paths) {
        List<String> all = paths.stream().distinct().toList();
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return chunks;
    }
}
