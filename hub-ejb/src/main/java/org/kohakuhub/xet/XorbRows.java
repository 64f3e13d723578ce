package org.kohakuhub.xet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.xet.format.ChunkTable;
import org.kohakuhub.xet.format.VerifiedXorb;

/** Stored xorbs, and the chunks by which clients find them. Runs in the caller's transaction, if there is one. */
@ApplicationScoped
class XorbRows {
    private static final int UPDATE = 500;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    boolean exists(XetHash hash) {
        return em.createQuery("select count(x) from Xorb x where x.hash = :hash", Long.class)
                        .setParameter("hash", hash.hex())
                        .getSingleResult()
                > 0;
    }

    Optional<StoredXorb> find(XetHash hash) {
        return em
                .createQuery("select x.objectKey, x.chunks from Xorb x where x.hash = :hash", Object[].class)
                .setParameter("hash", hash.hex())
                .getResultList()
                .stream()
                .map(row -> new StoredXorb(hash, (String) row[0], ChunkTable.of((byte[]) row[1])))
                .findFirst();
    }

    /** Makes {@code key} the place of a xorb; false if it has a place already, which stays. */
    boolean insert(VerifiedXorb xorb, String key, String repoId, String userId, long now) {
        return em.createNativeQuery("""
                                insert into xorb (hash, object_key, chunk_count, unpacked_bytes, stored_bytes, chunks,
                                  repo_id, user_id, created_at)
                                values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) on conflict (hash) do nothing""")
                        .setParameter(1, xorb.hash().hex())
                        .setParameter(2, key)
                        .setParameter(3, xorb.chunks().count())
                        .setParameter(4, (long) xorb.chunks().unpackedBytes())
                        .setParameter(5, (long) xorb.chunks().storedBytes())
                        .setParameter(6, xorb.chunks().bytes())
                        .setParameter(7, repoId)
                        .setParameter(8, userId)
                        .setParameter(9, now)
                        .executeUpdate()
                == 1;
    }

    /** Somebody counts on these xorbs from now on; tells how many of them there still are. Keeps the sweep off them. */
    int name(Collection<XetHash> xorbs, long now) {
        // in one order, so that two who name the same do not wait for each other
        List<String> hashes = xorbs.stream().map(XetHash::hex).sorted().toList();
        int named = 0;
        for (int from = 0; from < hashes.size(); from += UPDATE) {
            named += em.createQuery("""
                            update Xorb x set x.namedAt = :now, x.condemnedAt = null where x.hash in (:xorbs)""")
                    .setParameter("now", now)
                    .setParameter("xorbs", hashes.subList(from, Math.min(hashes.size(), from + UPDATE)))
                    .executeUpdate();
        }
        return named;
    }

    /** Somebody sends a xorb that is there, and will name it soon; false if it is gone by now. */
    boolean keep(XetHash xorb, long now) {
        return em.createQuery("update Xorb x set x.namedAt = :now where x.hash = :hash")
                        .setParameter("now", now)
                        .setParameter("hash", xorb.hex())
                        .executeUpdate()
                == 1;
    }

    /** The same for those that were offered in answers, if the last time is long enough ago to be worth writing. */
    void offer(Collection<XetHash> xorbs, long before, long now) {
        em.createQuery("""
                        update Xorb x set x.namedAt = :now
                        where x.hash in (:xorbs) and (x.namedAt is null or x.namedAt < :before)""")
                .setParameter("now", now)
                .setParameter("before", before)
                .setParameter("xorbs", xorbs.stream().map(XetHash::hex).toList())
                .executeUpdate();
    }

    /** Lets clients find a xorb by one of its chunks; the first xorb with a chunk stays. */
    void index(XetHash chunk, XetHash xorb) {
        em.createNativeQuery("insert into xet_chunk (hash, xorb_hash) values (?1, ?2) on conflict (hash) do nothing")
                .setParameter(1, chunk.hex())
                .setParameter(2, xorb.hex())
                .executeUpdate();
    }

    /** The xorb to offer to who asks for this chunk. */
    Optional<XetHash> byChunk(XetHash chunk) {
        List<?> rows = em.createNativeQuery("""
                        select x.hash from xet_chunk c join xorb x on x.hash = c.xorb_hash
                        where c.hash = ?1 and x.condemned_at is null""").setParameter(1, chunk.hex()).getResultList();
        return rows.stream().map(String.class::cast).map(XetHash::parse).findFirst();
    }

    /** Of these, those that may be offered. */
    List<StoredXorb> offerable(Collection<XetHash> xorbs) {
        return em
                .createQuery("""
                        select x.hash, x.objectKey, x.chunks from Xorb x
                        where x.hash in (:xorbs) and x.condemnedAt is null""", Object[].class)
                .setParameter("xorbs", xorbs.stream().map(XetHash::hex).toList())
                .getResultList()
                .stream()
                .map(row ->
                        new StoredXorb(XetHash.parse((String) row[0]), (String) row[1], ChunkTable.of((byte[]) row[2])))
                .toList();
    }
}
