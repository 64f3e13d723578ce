package org.kohakuhub.repo;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Visibility;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.database.Columns;

/**
 * What a search box shows while somebody types: who is called so first, then whose name begins so, then who has it
 * somewhere in the name; among these the most downloaded, then the most liked.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class QuickSearch {
    /**
     * So many that begin so, and so many that have it in their names, are ranked and counted: a text that more have says
     * little yet, and the next letter is typed already.
     */
    private static final int RANKED = 10_000;

    private static final String NAME = "lower(r.name)";
    private static final String FULL_NAME = "lower(r.namespace || '/' || r.name)";

    private final AccessPolicy access;
    private final SearchMeans means;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    @SuppressWarnings("NullAway")
    protected QuickSearch() { // the container's proxy only
        this(null, null);
    }

    @Inject
    public QuickSearch(AccessPolicy access, SearchMeans means) {
        this.access = access;
        this.means = means;
    }

    /** The first of those that were found, and how many there are as far as they were counted. */
    public record Found<T>(List<T> first, long count) {
        /** Copies the list. */
        public Found {
            first = List.copyOf(first);
        }
    }

    /** A repository. */
    public record Repo(String id, String fullName, boolean isPrivate) {}

    /** A user or an organization. */
    public record Account(String id, String name, String fullName) {}

    /**
     * Repositories that the caller may know of.
     *
     * @param text empty for all
     */
    public Found<Repo> repositories(Caller caller, RepoType type, String text, int limit) {
        Visibility visibility = access.visibility(caller);
        String wanted = text.toLowerCase(Locale.ROOT);
        Query query = em.createNativeQuery("with found as materialized (" + candidates(wanted) + ")"
                + " select r.id, r.namespace || '/' || r.name, r.is_private, count(*) over ()"
                + " from found cross join repository r where r.id = found.id and r.type = :type and "
                + Seen.condition(visibility)
                + (wanted.isEmpty() ? "" : " and replace(" + FULL_NAME + ", :text, '') <> " + FULL_NAME)
                + " order by case when " + NAME + " = :text or " + FULL_NAME + " = :text then 0 when "
                + begins(NAME) + " or " + begins(FULL_NAME) + " then 1 else 2 end,"
                + " r.downloads desc, r.likes desc, r.id");
        query.setParameter("type", type.singular()).setParameter("text", wanted).setParameter("behind", behind(wanted));
        if (hasTrigrams(wanted)) {
            query.setParameter("has", means.operand(wanted));
        }
        Seen.bind(query, visibility);
        return found(
                query.setMaxResults(limit).getResultList(),
                row -> new Repo((String) row[0], (String) row[1], Columns.truth(row[2])));
    }

    /** Ids of all that may fit; a text of one or two letters is looked for where names begin only. */
    private String candidates(String text) {
        String ofType = " from repository r where r.type = :type";
        if (text.isEmpty()) {
            return "select r.id" + ofType + " order by r.downloads desc, r.id desc limit " + RANKED;
        }
        Stream<String> sets = Stream.of(
                "select r.id" + ofType + " and " + means.ordered(NAME) + " = :text",
                "select r.id" + ofType + " and " + begins(NAME));
        Stream<String> inside = hasTrigrams(text) ? Stream.of(means.candidates("has")) : Stream.empty();
        return Stream.concat(sets, inside)
                .map(set -> "select id from (" + set + " limit " + RANKED + ") part")
                .reduce((one, other) -> one + " union " + other)
                .orElseThrow();
    }

    private static boolean hasTrigrams(String text) {
        return text.length() >= SearchMeans.SHORTEST;
    }

    private String begins(String expression) {
        String ordered = means.ordered(expression);
        return "(" + ordered + " >= :text and " + ordered + " < :behind)";
    }

    /** What comes after all that begin with the text, in the order of code points. */
    private static String behind(String text) {
        return text + Character.toString(Character.MAX_CODE_POINT - 2); // the last ones are no characters
    }

    /** Users, or organizations, by their names and their full names. */
    public Found<Account> accounts(boolean organizations, String text, int limit) {
        String wanted = text.toLowerCase(Locale.ROOT);
        String full = "lower(coalesce(a.full_name, ''))";
        String contains = wanted.isEmpty()
                ? ""
                : " and (replace(lower(a.name), :text, '') <> lower(a.name) or replace(" + full + ", :text, '') <> "
                        + full + ")";
        Query query = em.createNativeQuery("select a.id, a.name, coalesce(a.full_name, a.name), count(*) over ()"
                        + " from account a where a.kind = :kind and a.active" + contains
                        + " order by case when lower(a.name) = :text then 0 when " + begins("lower(a.name)")
                        + " then 1 else 2 end, a.name")
                .setParameter("kind", organizations ? "org" : "user")
                .setParameter("text", wanted)
                .setParameter("behind", behind(wanted));
        return found(
                query.setMaxResults(limit).getResultList(),
                row -> new Account((String) row[0], (String) row[1], (String) row[2]));
    }

    private static <T> Found<T> found(List<?> rows, Function<Object[], T> read) {
        List<Object[]> columns = rows.stream().map(row -> (Object[]) row).toList();
        long count = columns.isEmpty() ? 0 : ((Number) columns.get(0)[columns.get(0).length - 1]).longValue();
        return new Found<>(columns.stream().map(read).toList(), count);
    }
}
