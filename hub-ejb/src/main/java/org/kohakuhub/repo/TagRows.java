package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kohakuhub.access.Visibility;
import org.kohakuhub.common.RepoType;

/** The tags by which lists find repositories. Runs in the caller's transaction, if there is one. */
@ApplicationScoped
class TagRows {
    /** Rows of one insert. */
    private static final int INSERT = 200;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** Gives a repository these tags and no others; writes only what is not there already. */
    void replace(String repoId, RepoType type, List<Tag> tags) {
        Map<String, String> kept = new HashMap<>();
        for (Object row : em.createNativeQuery("select tag, kind from repo_tag where repo_id = ?1")
                .setParameter(1, repoId)
                .getResultList()) {
            Object[] columns = (Object[]) row;
            kept.put((String) columns[0], (String) columns[1]);
        }
        Map<String, String> wanted =
                tags.stream().collect(Collectors.toMap(Tag::text, Tag::kind, (first, second) -> first));
        if (kept.equals(wanted)) {
            return;
        }
        em.createNativeQuery("delete from repo_tag where repo_id = ?1")
                .setParameter(1, repoId)
                .executeUpdate();
        List<Map.Entry<String, String>> rows = List.copyOf(wanted.entrySet());
        for (int from = 0; from < rows.size(); from += INSERT) {
            insert(repoId, type, rows.subList(from, Math.min(rows.size(), from + INSERT)));
        }
    }

    private void insert(String repoId, RepoType type, List<Map.Entry<String, String>> rows) {
        StringBuilder sql = new StringBuilder("insert into repo_tag (type, repo_id, tag, kind) values ");
        for (int row = 0; row < rows.size(); row++) {
            int parameter = 3 + 2 * row;
            sql.append(row == 0 ? "" : ", ")
                    .append("(?1, ?2, ?")
                    .append(parameter)
                    .append(", ?")
                    .append(parameter + 1)
                    .append(')');
        }
        Query insert = em.createNativeQuery(sql.toString())
                .setParameter(1, type.singular())
                .setParameter(2, repoId);
        int parameter = 3;
        for (Map.Entry<String, String> row : rows) {
            insert.setParameter(parameter++, row.getKey());
            insert.setParameter(parameter++, row.getValue());
        }
        insert.executeUpdate();
    }

    /**
     * The tags of public repositories of a type and how many have each, the most frequent first.
     *
     * @param limit of each kind
     */
    List<Counted> counted(RepoType type, int limit) {
        List<?> rows = em.createNativeQuery("""
                        select kind, tag, n from (
                          select kind, tag, n, row_number() over (partition by kind order by n desc, tag) as place from (
                            select t.kind, t.tag, count(*) as n from repo_tag t join repository r on r.id = t.repo_id
                            where t.type = :type and t.kind <> 'alias' and not r.is_private
                            group by t.kind, t.tag) counted) placed
                        where place <= :limit order by kind, place""")
                .setParameter("type", type.singular())
                .setParameter("limit", limit)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Counted(new Tag((String) row[0], (String) row[1]), ((Number) row[2]).longValue()))
                .toList();
    }

    /** How many repositories that may be seen have each of these tags; those that none has are missing. */
    Map<String, Long> count(RepoType type, Collection<String> tags, Visibility visibility) {
        if (tags.isEmpty()) {
            return Map.of();
        }
        Query query = em.createNativeQuery(
                        "select t.tag, count(*) from repo_tag t join repository r on r.id = t.repo_id"
                                + " where t.type = :type and t.tag in (:tags) and " + Seen.condition(visibility)
                                + " group by t.tag")
                .setParameter("type", type.singular())
                .setParameter("tags", tags);
        Seen.bind(query, visibility);
        Map<String, Long> counts = new HashMap<>();
        for (Object row : query.getResultList()) {
            Object[] columns = (Object[]) row;
            counts.put((String) columns[0], ((Number) columns[1]).longValue());
        }
        return counts;
    }

    /** The repositories that may be seen and have one of these tags, by tag; each tag's first {@code limit} by name. */
    Map<String, List<String>> names(RepoType type, Collection<String> tags, Visibility visibility, int limit) {
        if (tags.isEmpty()) {
            return Map.of();
        }
        Query query = em.createNativeQuery("select tag, name from (select t.tag, r.namespace || '/' || r.name as name,"
                        + " row_number() over (partition by t.tag order by r.namespace, r.name) as place"
                        + " from repo_tag t join repository r on r.id = t.repo_id"
                        + " where t.type = :type and t.tag in (:tags) and " + Seen.condition(visibility)
                        + ") placed where place <= :limit order by tag, place")
                .setParameter("type", type.singular())
                .setParameter("tags", tags)
                .setParameter("limit", limit);
        Seen.bind(query, visibility);
        Map<String, List<String>> names = new HashMap<>();
        for (Object row : query.getResultList()) {
            Object[] columns = (Object[]) row;
            names.computeIfAbsent((String) columns[0], tag -> new ArrayList<>()).add((String) columns[1]);
        }
        return names;
    }

    /** A tag and the number of repositories that have it. */
    record Counted(Tag tag, long repositories) {}
}
