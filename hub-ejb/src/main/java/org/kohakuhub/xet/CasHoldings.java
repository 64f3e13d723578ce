package org.kohakuhub.xet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.XetHash;

/**
 * Which files a repository or bucket may use: what came through its own door, and for a bucket also what is in it. Knowing
 * a hash is no right. Runs in the caller's transaction, if there is one; asks nobody, as its callers have.
 */
@ApplicationScoped
public class CasHoldings {
    private static final int CHUNK = 500;

    private static final String OF_REPOSITORY = """
            select distinct f.hash, f.size from repo_object g
              join content_object c on c.sha256 = g.sha256
              join xet_file f on f.hash = c.xet_hash
            where g.repo_id = ?1 and c.xet_hash in (?2)""";

    private static final String OF_BUCKET = """
            select f.hash, f.size from xet_file f where f.hash in (?2) and (
              exists (select 1 from bucket_file b where b.bucket_id = ?1 and b.xet_hash = f.hash)
              or exists (select 1 from bucket_upload u where u.bucket_id = ?1 and u.xet_hash = f.hash))""";

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** Whether it may use this file. */
    public boolean has(CasHome home, XetHash file) {
        return held(home, List.of(file)).containsKey(file);
    }

    /** Those of {@code wanted} that it may use, with their sizes in bytes. */
    public Map<XetHash, Long> held(CasHome home, Collection<XetHash> wanted) {
        Map<XetHash, Long> held = new HashMap<>();
        for (List<String> chunk : chunks(wanted)) {
            List<?> rows = em.createNativeQuery(home instanceof CasHome.OfBucket ? OF_BUCKET : OF_REPOSITORY)
                    .setParameter(1, home.id())
                    .setParameter(2, chunk)
                    .getResultList();
            rows.stream()
                    .map(Object[].class::cast)
                    .forEach(row -> held.put(XetHash.parse((String) row[0]), ((Number) row[1]).longValue()));
        }
        return held;
    }

    /**
     * These files came through a bucket's door: it may name them for a while.
     *
     * @throws HubException REPO_NOT_FOUND if the bucket is gone
     */
    void receive(CasHome.OfBucket home, Collection<XetHash> files, long now) {
        for (List<String> chunk : chunks(files)) {
            int received = em.createNativeQuery("""
                            insert into bucket_upload (bucket_id, xet_hash, created_at)
                            select b.id, f.hash, ?1 from bucket b, xet_file f where b.id = ?2 and f.hash in (?3)
                            on conflict (bucket_id, xet_hash) do update set created_at = excluded.created_at""")
                    .setParameter(1, now)
                    .setParameter(2, home.id())
                    .setParameter(3, chunk)
                    .executeUpdate();
            if (received == 0) {
                throw new HubException(ErrorKind.REPO_NOT_FOUND, "Bucket not found");
            }
        }
    }

    /**
     * Keeps the sweep off these files until the end of the caller's transaction, which names them: they count as new.
     * Those that are gone already are no longer {@link #held} after it.
     */
    public void keep(Collection<XetHash> files, long now) {
        for (List<String> chunk : chunks(files)) {
            em.createNativeQuery("update xet_file set created_at = ?1 where hash in (?2)")
                    .setParameter(1, now)
                    .setParameter(2, chunk)
                    .executeUpdate();
        }
    }

    /** In one order, so that two who write the same rows do not wait for each other. */
    private static List<List<String>> chunks(Collection<XetHash> files) {
        List<String> all = files.stream().map(XetHash::hex).distinct().sorted().toList();
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return chunks;
    }
}
