package org.kohakuhub.object;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;

/** Contents and the grants on them. Runs in the caller's transaction, if there is one. */
@ApplicationScoped
class ObjectRows {
    /** Both databases take far more parameters; plans for longer lists get no better. */
    private static final int CHUNK = 500;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** Those of {@code wanted} that the repository may use. */
    Map<Sha256, ObjectInfo> granted(String repoId, Collection<Sha256> wanted) {
        Map<Sha256, ObjectInfo> granted = new HashMap<>();
        for (List<String> chunk : chunks(wanted)) {
            em
                    .createQuery("""
                            select c.sha256, c.size, c.xetHash from RepoObject g join ContentObject c on c.sha256 = g.sha256
                            where g.repoId = :repo and g.sha256 in (:wanted)""", Object[].class)
                    .setParameter("repo", repoId)
                    .setParameter("wanted", chunk)
                    .getResultList()
                    .stream()
                    .map(row -> info((String) row[0], (Long) row[1], (String) row[2]))
                    .forEach(info -> granted.put(info.sha256(), info));
        }
        return granted;
    }

    /** Those of {@code wanted} that the repository may use and whose whole bytes lie somewhere. */
    List<Placed> grantedKeys(String repoId, Collection<Sha256> wanted) {
        List<Placed> placed = new ArrayList<>();
        for (List<String> chunk : chunks(wanted)) {
            em
                    .createQuery("""
                            select c from RepoObject g join ContentObject c on c.sha256 = g.sha256
                            where g.repoId = :repo and g.sha256 in (:wanted) and c.lfsKey is not null""", ContentObject.class)
                    .setParameter("repo", repoId)
                    .setParameter("wanted", chunk)
                    .getResultList()
                    .stream()
                    .map(c -> new Placed(info(c.sha256, c.size, c.xetHash), c.lfsKey))
                    .forEach(placed::add);
        }
        return placed;
    }

    private static ObjectInfo info(String sha256, long size, String xetHash) {
        return new ObjectInfo(
                new Sha256(sha256), size, Optional.ofNullable(xetHash).map(XetHash::parse));
    }

    /** A content and the key of its whole bytes, null where there are none. */
    record Placed(ObjectInfo info, String key) {}

    /** Whether the hub has the whole bytes of this content, for whichever repository. */
    boolean isStored(Sha256 sha256) {
        return em.createQuery(
                                "select count(c) from ContentObject c where c.sha256 = :sha256 and c.lfsKey is not null",
                                Long.class)
                        .setParameter("sha256", sha256.hex())
                        .getSingleResult()
                > 0;
    }

    /** Makes {@code key} the place of this content; false if it has a place already, which stays. */
    boolean place(Sha256 sha256, long size, String key, long now) {
        int inserted = em.createNativeQuery("""
                        insert into content_object (sha256, size, lfs_key, verified_at) values (?1, ?2, ?3, ?4)
                        on conflict (sha256) do nothing""")
                .setParameter(1, sha256.hex())
                .setParameter(2, size)
                .setParameter(3, key)
                .setParameter(4, now)
                .executeUpdate();
        // a content that came by another door has a row without a place
        return inserted == 1
                || em.createNativeQuery("update content_object set lfs_key = ?1 where sha256 = ?2 and lfs_key is null")
                                .setParameter(1, key)
                                .setParameter(2, sha256.hex())
                                .executeUpdate()
                        == 1;
    }

    /** Makes {@code xet} a place of this content; one that it has already stays. */
    void placeInXet(Sha256 sha256, long size, XetHash xet, long now) {
        em.createNativeQuery("""
                        insert into content_object (sha256, size, xet_hash, verified_at) values (?1, ?2, ?3, ?4)
                        on conflict (sha256) do update set xet_hash = coalesce(content_object.xet_hash, excluded.xet_hash)""")
                .setParameter(1, sha256.hex())
                .setParameter(2, size)
                .setParameter(3, xet.hex())
                .setParameter(4, now)
                .executeUpdate();
    }

    /** Makes {@code key} the place of a whole copy of a content that is there; false if there is one, or no content. */
    boolean placeCopy(Sha256 sha256, String key) {
        return em.createNativeQuery("update content_object set lfs_key = ?1 where sha256 = ?2 and lfs_key is null")
                        .setParameter(1, key)
                        .setParameter(2, sha256.hex())
                        .executeUpdate()
                == 1;
    }

    /** Makes {@code xet} a place of a content that is there, and gives the key of the copy that is dropped for it. */
    Optional<String> placeInXet(Sha256 sha256, XetHash xet, boolean dropCopy) {
        int placed = em.createNativeQuery(
                        "update content_object set xet_hash = ?1 where sha256 = ?2 and xet_hash is null")
                .setParameter(1, xet.hex())
                .setParameter(2, sha256.hex())
                .executeUpdate();
        if (placed == 0 || !dropCopy) {
            return Optional.empty();
        }
        List<?> keys = em.createNativeQuery("select lfs_key from content_object where sha256 = ?1")
                .setParameter(1, sha256.hex())
                .getResultList();
        em.createNativeQuery("update content_object set lfs_key = null where sha256 = ?1")
                .setParameter(1, sha256.hex())
                .executeUpdate();
        return keys.stream().map(String.class::cast).filter(Objects::nonNull).findFirst();
    }

    /** The size and the place of a content, whoever has a right to it. */
    Optional<Placed> find(Sha256 sha256) {
        return em
                .createQuery("select c from ContentObject c where c.sha256 = :sha256", ContentObject.class)
                .setParameter("sha256", sha256.hex())
                .getResultList()
                .stream()
                .map(c -> new Placed(info(c.sha256, c.size, c.xetHash), c.lfsKey))
                .findFirst();
    }

    /** Of these contents, those that are in Xet, with their file hashes. */
    Map<Sha256, XetHash> inXet(Collection<Sha256> contents) {
        Map<Sha256, XetHash> found = new HashMap<>();
        for (List<String> chunk : chunks(contents)) {
            em.createQuery("""
                            select c.sha256, c.xetHash from ContentObject c
                            where c.sha256 in (:contents) and c.xetHash is not null""", Object[].class)
                    .setParameter("contents", chunk)
                    .getResultList()
                    .forEach(row -> found.put(new Sha256((String) row[0]), XetHash.parse((String) row[1])));
        }
        return found;
    }

    /**
     * Gives the repository the right to a content; false if the repository is gone.
     *
     * @throws HubException UNAVAILABLE if a sweep has taken the content away meanwhile
     */
    boolean grant(String repoId, Sha256 sha256, long now) {
        if (seen(List.of(sha256.hex()), now) == 0) {
            throw new HubException(ErrorKind.UNAVAILABLE, "The content was removed meanwhile; send it again");
        }
        int inserted = em.createNativeQuery("""
                        insert into repo_object (repo_id, sha256, created_at)
                        select id, ?1, ?2 from repository where id = ?3
                        on conflict (repo_id, sha256) do update set created_at = excluded.created_at""")
                .setParameter(1, sha256.hex())
                .setParameter(2, now)
                .setParameter(3, repoId)
                .executeUpdate();
        return inserted == 1;
    }

    /** Somebody shows that he has these contents: they count as new, which keeps the sweep off them. */
    private int seen(List<String> contents, long now) {
        return em.createNativeQuery("update content_object set verified_at = ?1 where sha256 in (?2)")
                .setParameter(1, now)
                .setParameter(2, contents)
                .executeUpdate();
    }

    /** The repository's rights to these contents count as new. */
    void keep(String repoId, Collection<Sha256> contents, long now) {
        for (List<String> chunk : chunks(contents)) {
            em.createNativeQuery("update repo_object set created_at = ?1 where repo_id = ?2 and sha256 in (?3)")
                    .setParameter(1, now)
                    .setParameter(2, repoId)
                    .setParameter(3, chunk)
                    .executeUpdate();
        }
    }

    /** Gives one repository what another has; asks nobody. */
    void grantFrom(String source, String target, Collection<Sha256> contents, long now) {
        for (List<String> chunk : chunks(contents)) {
            seen(chunk, now);
            em.createNativeQuery("""
                            insert into repo_object (repo_id, sha256, created_at)
                            select ?1, sha256, ?2 from repo_object where repo_id = ?3 and sha256 in (?4)
                            on conflict (repo_id, sha256) do update set created_at = excluded.created_at""")
                    .setParameter(1, target)
                    .setParameter(2, now)
                    .setParameter(3, source)
                    .setParameter(4, chunk)
                    .executeUpdate();
        }
    }

    private static List<List<String>> chunks(Collection<Sha256> contents) {
        List<String> all =
                new LinkedHashSet<>(contents).stream().map(Sha256::hex).toList();
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return chunks;
    }
}
