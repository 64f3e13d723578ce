package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;

/** The rows of the repositories. Runs in the caller's transaction, if there is one, and never opens one. */
@ApplicationScoped
class Repositories {
    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** Sends who asks for this name to the repository of this row. */
    void redirect(RepoId before, String repoId) {
        em.createNativeQuery("""
                        insert into repo_redirect (type, namespace, name, repo_id) values (?1, ?2, ?3, ?4)
                        on conflict (type, namespace, name) do update set repo_id = excluded.repo_id""")
                .setParameter(1, before.type().singular())
                .setParameter(2, Text.normalizedName(before.namespace()))
                .setParameter(3, Text.normalizedName(before.name()))
                .setParameter(4, repoId)
                .executeUpdate();
    }

    Optional<Repository> byId(String id) {
        return Optional.ofNullable(em.find(Repository.class, id));
    }

    Optional<Repository> byAddress(RepoId name) {
        return first(em.createQuery(
                        "select r from Repository r where r.type = :type and r.namespace = :ns and r.name = :name",
                        Repository.class)
                .setParameter("type", name.type().singular())
                .setParameter("ns", name.namespace())
                .setParameter("name", name.name()));
    }

    /** The repository of this owner whose name is the same but for case, hyphens and underscores. */
    Optional<Repository> lookAlike(RepoType type, String ownerId, String normalizedName) {
        return first(em.createQuery("""
                        select r from Repository r
                        where r.type = :type and r.ownerId = :owner and r.normalizedName = :name""", Repository.class)
                .setParameter("type", type.singular())
                .setParameter("owner", ownerId)
                .setParameter("name", normalizedName));
    }

    void insert(Repository row) {
        em.persist(row);
        em.flush();
    }

    void delete(String id) {
        em.createQuery("delete from Repository r where r.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Notes that the repository's content changed; never sets the clock back. */
    void touch(String id, long at) {
        em.createQuery("update Repository r set r.modifiedAt = :at where r.id = :id and r.modifiedAt < :at")
                .setParameter("at", at)
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Keeps what was read from the default branch; false if the repository went away meanwhile. */
    boolean keepCard(String id, GitOid commit, Card card) {
        return em.createQuery("""
                                update Repository r set r.cardCommit = :commit, r.card = :card, r.tags = :tags,
                                  r.pipelineTag = :pipeline, r.libraryName = :library, r.modelConfig = :config,
                                  r.cardDetails = :details, r.cardFormat = :format
                                where r.id = :id""")
                        .setParameter("commit", commit.hex())
                        .setParameter("card", card.data().orElse(null))
                        .setParameter("tags", TagList.write(card.tags()))
                        .setParameter("pipeline", card.pipelineTag().orElse(null))
                        .setParameter("library", card.libraryName().orElse(null))
                        .setParameter("config", card.config().orElse(null))
                        .setParameter("details", card.details().orElse(null))
                        .setParameter("format", CardReader.FORMAT)
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }

    /** Keeps what was read from the default branch's weights. */
    void keepWeights(
            String id, GitOid commit, Optional<String> weights, OptionalLong parameters, OptionalLong mainSize) {
        em.createQuery("""
                        update Repository r set r.weightsCommit = :commit, r.weights = :weights,
                          r.parameters = :parameters, r.mainSize = :size where r.id = :id""")
                .setParameter("commit", commit.hex())
                .setParameter("weights", weights.orElse(null))
                .setParameter("parameters", parameters.isPresent() ? parameters.getAsLong() : null)
                .setParameter("size", mainSize.isPresent() ? mainSize.getAsLong() : null)
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Repositories whose weights are to be read at the commit of the card. The condition is that of an index. */
    List<Repository> unreadWeights(int limit) {
        return em.createQuery(
                        "select r from Repository r where r.cardCommit is not null"
                                + " and (r.weightsCommit is null or r.weightsCommit <> r.cardCommit) order by r.id",
                        Repository.class)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Repositories that have a card by an older reader. */
    List<Repository> outdatedCards(int limit) {
        return em.createQuery(
                        "select r from Repository r where r.cardCommit is not null and r.cardFormat < :format"
                                + " order by r.cardFormat",
                        Repository.class)
                .setParameter("format", CardReader.FORMAT)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Gives one repository the right to what another has the right to. */
    void shareContents(String from, String to, long now) {
        em.createNativeQuery("""
                        insert into repo_object (repo_id, sha256, created_at)
                        select ?1, sha256, ?2 from repo_object where repo_id = ?3
                        on conflict (repo_id, sha256) do nothing""")
                .setParameter(1, to)
                .setParameter(2, now)
                .setParameter(3, from)
                .executeUpdate();
    }

    /** Bytes of git packs and of file contents that each of these repositories names. */
    Map<String, Long> storage(Collection<String> ids) {
        Map<String, Long> bytes = new HashMap<>();
        if (ids.isEmpty()) {
            return bytes;
        }
        List<?> rows = em.createNativeQuery("""
                        select repo_id, sum(bytes) from (
                          select repo_id, pack_bytes as bytes from git_pack where repo_id in (:ids) and state = 'live'
                          union all
                          select r.repo_id, o.size from repo_object r join content_object o on o.sha256 = r.sha256
                          where r.repo_id in (:ids)) taken
                        group by repo_id""").setParameter("ids", ids).getResultList();
        for (Object row : rows) {
            Object[] columns = (Object[]) row;
            bytes.put((String) columns[0], ((Number) columns[1]).longValue());
        }
        return bytes;
    }

    private static Optional<Repository> first(TypedQuery<Repository> query) {
        return query.setMaxResults(1).getResultList().stream().findFirst();
    }
}
