package org.kohakuhub.lfs;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.FilePath;

/** The rows of locks, each call in one short transaction. Every question names the repository: no lock is found through another. */
@Stateless
public class LockRows {
    private static final String COLUMNS = "select l.id, l.path, l.ref, l.owner_id, a.name, l.locked_at"
            + " from lfs_lock l join account a on a.id = l.owner_id where l.repo_id = ?1";

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** Adds a lock; false if the path has one. */
    public boolean add(String repoId, FileLock lock) {
        return 1
                == em.createNativeQuery("insert into lfs_lock (id, repo_id, path, path_hash, ref, owner_id, locked_at)"
                                + " values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict do nothing")
                        .setParameter(1, lock.id())
                        .setParameter(2, repoId)
                        .setParameter(3, lock.path().text())
                        .setParameter(4, hash(lock.path().text()))
                        .setParameter(5, lock.ref())
                        .setParameter(6, lock.ownerId())
                        .setParameter(7, lock.lockedAt().toEpochMilli())
                        .executeUpdate();
    }

    /** Removes a lock; false if it is gone. */
    public boolean remove(String repoId, String id) {
        return 1
                == em.createNativeQuery("delete from lfs_lock where repo_id = ?1 and id = ?2")
                        .setParameter(1, repoId)
                        .setParameter(2, id)
                        .executeUpdate();
    }

    /** The lock of this id. */
    public Optional<FileLock> byId(String repoId, String id) {
        return locks(em.createNativeQuery(COLUMNS + " and l.id = ?2")
                        .setParameter(1, repoId)
                        .setParameter(2, id))
                .stream()
                .findFirst();
    }

    /** The lock of this path. */
    public Optional<FileLock> byPath(String repoId, String path) {
        return locks(em.createNativeQuery(COLUMNS + " and l.path_hash = ?2")
                        .setParameter(1, repoId)
                        .setParameter(2, hash(path)))
                .stream()
                .findFirst();
    }

    /** Those that come after the lock with the id {@code after}, in the order of their ids; of one branch unless {@code ref} is empty. */
    public List<FileLock> after(String repoId, String after, String ref, int limit) {
        return locks(em.createNativeQuery(
                        COLUMNS + " and l.id > ?2 and (?3 = '' or l.ref = '' or l.ref = ?3) order by l.id limit ?4")
                .setParameter(1, repoId)
                .setParameter(2, after)
                .setParameter(3, ref)
                .setParameter(4, limit));
    }

    private static List<FileLock> locks(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(row -> lock((Object[]) row)).toList();
    }

    private static FileLock lock(Object[] row) {
        return new FileLock(
                (String) row[0],
                new FilePath((String) row[1]),
                (String) row[2],
                (String) row[3],
                (String) row[4],
                Instant.ofEpochMilli(((Number) row[5]).longValue()));
    }

    private static String hash(String path) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
