package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Column;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohakuhub.access.Visibility;
import org.kohakuhub.common.RepoType;

/**
 * Finds pages of repositories.
 *
 * <p>There are two ways to a page: along the index of its order, passing over what does not fit, until the page is full;
 * or from the few repositories that have a rare tag or text, which are then sorted. The first is quick for what many
 * have and the second for what few have, and a database without fresh statistics guesses wrong. So each tag and text is
 * counted first, as far as {@link #FEW}.
 */
@ApplicationScoped
class RepositoryLists {
    /** Up to so many repositories are fetched by what they have in common, more are met on the way. */
    static final int FEW = 4_000;

    /** All of a row but the card, which may be long; read off the entity, so that none is forgotten. */
    private static final String COLUMNS = Arrays.stream(Repository.class.getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
            .map(RepositoryLists::column)
            .filter(column -> !column.equals("card"))
            .map(column -> "r." + column + ", ")
            .collect(Collectors.joining());

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    private final SearchMeans means;
    private final int few;

    @SuppressWarnings("NullAway")
    protected RepositoryLists() { // the container's proxy only
        this(null);
    }

    @Inject
    RepositoryLists(SearchMeans means) {
        this(means, FEW);
    }

    RepositoryLists(SearchMeans means, int few) {
        this.means = means;
        this.few = few;
    }

    /**
     * One page and, to tell whether another follows, one row more. Two statements, whatever is asked for.
     *
     * @param after the sort value and id of the page before's last row
     * @param visibility whose private repositories are listed too
     * @param withCards whether {@link Repository#card} is read too
     */
    List<Repository> page(ListQuery query, Optional<Cursor> after, Visibility visibility, boolean withCards) {
        Conditions where = new Conditions();
        List<Few> narrow = narrow(where, query);
        Optional<Few> few = fewest(narrow);
        where.add(Seen.condition(visibility));
        String sort = "r." + query.order().column();
        String beyond = query.ascending() ? " >" : " <";
        after.ifPresent(cursor -> {
            // the first half alone is what an index understands
            where.add("(" + sort + beyond + "= :after and (" + sort + beyond + " :after or r.id" + beyond
                    + " :afterId))");
            where.set("after", cursor.value());
            where.set("afterId", cursor.id());
        });
        String direction = query.ascending() ? " asc" : " desc";
        String from = few.map(found -> "with few as materialized (" + found.sql() + ") select " + COLUMNS
                        + card(withCards) + " from few cross join repository r where r.id = few.id and ")
                .orElse("select " + COLUMNS + card(withCards) + " from repository r where ");
        few.ifPresent(found -> where.values.putAll(found.values()));
        Query page = em.createNativeQuery(
                from + where.text() + " order by " + sort + direction + ", r.id" + direction, Repository.class);
        where.values.forEach(page::setParameter);
        Seen.bind(page, visibility);
        List<?> rows = page.setMaxResults(query.limit() + 1).getResultList();
        return rows.stream().map(Repository.class::cast).toList();
    }

    private static String column(Field field) {
        Column named = field.getAnnotation(Column.class);
        return named == null || named.name().isEmpty() ? field.getName() : named.name();
    }

    private static String card(boolean wanted) {
        return wanted ? "r.card" : "cast(null as text) as card";
    }

    /** Adds the conditions, and gives those that a small set may stand behind. */
    private List<Few> narrow(Conditions where, ListQuery query) {
        List<Few> sets = new ArrayList<>();
        query.type().ifPresent(type -> where.add("r.type = :type", "type", type.singular()));
        query.author().ifPresent(author -> where.add("r.namespace = :author", "author", author));
        query.gated().ifPresent(gated -> where.add(gated ? "r.gated <> 'false'" : "r.gated = 'false'"));
        query.parameters().ifPresent(range -> {
            where.add("r.parameters between :least and :most", "least", range.least());
            where.set("most", range.most());
        });
        for (int i = 0; i < query.search().size(); i++) {
            String text = query.search().get(i).toLowerCase(Locale.ROOT);
            String name = "search" + i;
            where.add(
                    "replace(lower(r.namespace || '/' || r.name), :" + name
                            + ", '') <> lower(r.namespace || '/' || r.name)",
                    name,
                    text);
            if (text.length() >= SearchMeans.SHORTEST) {
                sets.add(new Few(means.candidates("has" + i), Map.of("has" + i, means.operand(text))));
            }
        }
        String type = query.type().map(RepoType::singular).orElse("");
        for (int i = 0; i < query.tags().size(); i++) {
            String name = "tag" + i;
            where.add(
                    "exists (select 1 from repo_tag t where t.type = r.type and t.tag = :" + name
                            + " and t.repo_id = r.id)",
                    name,
                    query.tags().get(i));
            if (!type.isEmpty()) {
                sets.add(new Few(
                        "select repo_id as id from repo_tag where type = :tagged and tag = :" + name,
                        Map.of("tagged", type, name, query.tags().get(i))));
            }
        }
        return sets;
    }

    /** The smallest of the sets, if it is small. */
    private Optional<Few> fewest(List<Few> sets) {
        if (sets.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder sql = new StringBuilder();
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < sets.size(); i++) {
            sql.append(i == 0 ? "" : " union all ")
                    .append("select ")
                    .append(i)
                    .append(" as place, (select count(*) from (select id from (")
                    .append(sets.get(i).sql())
                    .append(") found limit ")
                    .append(few + 1)
                    .append(") counted) as n");
            values.putAll(sets.get(i).values());
        }
        Query query = em.createNativeQuery(sql.toString());
        values.forEach(query::setParameter);
        int place = -1;
        long fewest = few + 1L;
        for (Object row : query.getResultList()) {
            Object[] columns = (Object[]) row;
            long n = ((Number) columns[1]).longValue();
            if (n < fewest) {
                fewest = n;
                place = ((Number) columns[0]).intValue();
            }
        }
        return place < 0 ? Optional.empty() : Optional.of(sets.get(place));
    }

    /** The last row of a page: its sort value and its id. */
    record Cursor(long value, String id) {}

    /** A query for ids, and its parameters. */
    private record Few(String sql, Map<String, Object> values) {}

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

        void set(String parameter, Object value) {
            values.put(parameter, value);
        }

        String text() {
            return String.join(" and ", texts);
        }
    }
}
