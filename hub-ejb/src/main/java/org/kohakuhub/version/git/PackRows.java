package org.kohakuhub.version.git;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rows of packs, and the small packs' bytes. Runs in the caller's transaction, or in none. */
@ApplicationScoped
class PackRows {
    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** The packs that make up a repository, newest first. */
    List<GitPack> live(String repoId) {
        return em.createQuery(
                        "select p from GitPack p where p.repoId = :repo and p.state = :live order by p.createdAt desc",
                        GitPack.class)
                .setParameter("repo", repoId)
                .setParameter("live", GitPack.LIVE)
                .getResultList();
    }

    /** Those that were dropped too. */
    List<GitPack> all(String repoId) {
        return em.createQuery("select p from GitPack p where p.repoId = :repo", GitPack.class)
                .setParameter("repo", repoId)
                .getResultList();
    }

    /** Where a pack's files are in the object store; those in SQL are left out. */
    static Stream<String> keys(GitPack pack) {
        return PackFile.parse(pack.exts).stream()
                .filter(file -> !file.inline())
                .map(file -> PackFile.key(pack.repoId, pack.name, file.ext()));
    }

    Optional<byte[]> inline(String packName, String ext) {
        return em
                .createQuery("select i.bytes from GitPackInline i where i.name = :name and i.ext = :ext", byte[].class)
                .setParameter("name", packName)
                .setParameter("ext", ext)
                .getResultList()
                .stream()
                .findFirst();
    }

    void insert(String repoId, StagedPack staged) {
        GitPack pack = new GitPack();
        pack.name = staged.name();
        pack.repoId = repoId;
        pack.source = staged.source();
        pack.exts = PackFile.format(staged.files());
        pack.objectCount = staged.objectCount();
        pack.deltaCount = staged.deltaCount();
        pack.packBytes = staged.packBytes();
        pack.createdAt = staged.createdAt();
        pack.state = GitPack.LIVE;
        em.persist(pack);
        em.flush(); // before the rows that refer to it
        staged.inline().forEach((ext, bytes) -> {
            GitPackInline file = new GitPackInline();
            file.name = staged.name();
            file.ext = ext;
            file.bytes = bytes;
            em.persist(file);
        });
    }

    /** Takes packs off the list; false if one of them was not on it any more. */
    boolean drop(String repoId, Collection<String> names, long now) {
        return names.size()
                == em.createQuery("update GitPack p set p.state = :dropped, p.droppedAt = :now"
                                + " where p.repoId = :repo and p.name in (:names) and p.state = :live")
                        .setParameter("dropped", GitPack.DROPPED)
                        .setParameter("live", GitPack.LIVE)
                        .setParameter("now", now)
                        .setParameter("repo", repoId)
                        .setParameter("names", names)
                        .executeUpdate();
    }

    /** Packs that were taken off their list before {@code before}: no reader can hold them any more. */
    List<GitPack> droppedBefore(long before, int limit) {
        return em.createQuery(
                        "select p from GitPack p where p.state = :dropped and p.droppedAt < :before order by p.name",
                        GitPack.class)
                .setParameter("dropped", GitPack.DROPPED)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Removes rows of dropped packs; the inline bytes go with them. */
    void delete(Collection<String> names) {
        em.createQuery("delete from GitPackInline i where i.name in (:names)")
                .setParameter("names", names)
                .executeUpdate();
        em.createQuery("delete from GitPack p where p.name in (:names) and p.state = :dropped")
                .setParameter("names", names)
                .setParameter("dropped", GitPack.DROPPED)
                .executeUpdate();
    }
}
