package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.access.Visibility;
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

    /**
     * One page and, to tell whether another follows, one row more.
     *
     * @param after the sort value and id of the page before's last row
     * @param visibility whose private repositories are listed too
     */
    List<Repository> page(ListQuery query, Optional<Cursor> after, Visibility visibility) {
        Conditions conditions = new Conditions();
        narrow(conditions, query);
        if (!visibility.everything()) {
            if (visibility.ownerIds().isEmpty()) {
                conditions.add("r.isPrivate = false");
            } else {
                conditions.add("(r.isPrivate = false or r.ownerId in (:owners))", "owners", visibility.ownerIds());
            }
        }
        String sort = "r." + query.order().attribute();
        after.ifPresent(cursor -> {
            conditions.add("(" + sort + " < :after or (" + sort + " = :after and r.id < :afterId))");
            conditions.values.put("after", cursor.value());
            conditions.values.put("afterId", cursor.id());
        });
        TypedQuery<Repository> page = em.createQuery(
                "select r from Repository r" + conditions.where() + " order by " + sort + " desc, r.id desc",
                Repository.class);
        conditions.values.forEach(page::setParameter);
        return page.setMaxResults(query.limit() + 1).getResultList();
    }

    private static void narrow(Conditions conditions, ListQuery query) {
        query.type().ifPresent(type -> conditions.add("r.type = :type", "type", type.singular()));
        query.author().ifPresent(author -> conditions.add("r.namespace = :author", "author", author));
        query.gated().ifPresent(gated -> conditions.add(gated ? "r.gated <> 'false'" : "r.gated = 'false'"));
        for (int i = 0; i < query.search().size(); i++) {
            conditions.add(
                    "locate(:search" + i + ", lower(concat(r.namespace, '/', r.name))) > 0",
                    "search" + i,
                    query.search().get(i).toLowerCase(Locale.ROOT));
        }
        for (int i = 0; i < query.tags().size(); i++) {
            conditions.add(
                    "locate(:tag" + i + ", r.tags) > 0",
                    "tag" + i,
                    TagList.needle(query.tags().get(i)));
        }
    }

    /** What a query asks of a row, all together. */
    private static final class Conditions {
        private final List<String> texts = new ArrayList<>();
        private final Map<String, Object> values = new HashMap<>();

        void add(String text) {
            texts.add(text);
        }

        void add(String text, String parameter, Object value) {
            texts.add(text);
            values.put(parameter, value);
        }

        String where() {
            return texts.isEmpty() ? "" : " where " + String.join(" and ", texts);
        }
    }

    /** Bytes of git packs and of file contents that the repository names. */
    long storage(String id) {
        Object packs = em.createNativeQuery(
                        "select coalesce(sum(pack_bytes), 0) from git_pack where repo_id = :id and state = 'live'")
                .setParameter("id", id)
                .getSingleResult();
        Object contents = em.createNativeQuery("""
                        select coalesce(sum(o.size), 0) from repo_object r
                        join content_object o on o.sha256 = r.sha256 where r.repo_id = :id""").setParameter("id", id).getSingleResult();
        return ((Number) packs).longValue() + ((Number) contents).longValue();
    }

    private static Optional<Repository> first(TypedQuery<Repository> query) {
        return query.setMaxResults(1).getResultList().stream().findFirst();
    }

    /** The last row of a page: its sort value and its id. */
    record Cursor(long value, String id) {}
}
