package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.concurrent.atomic.AtomicReference;

/** How the database at hand finds a text in the names of repositories: by the index that its migration made. */
@ApplicationScoped
class SearchMeans {
    /** Shorter texts have no trigram. */
    static final int SHORTEST = 3;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    private final AtomicReference<String> candidates = new AtomicReference<>();

    /**
     * A query for the ids (as {@code id}) of the repositories whose names have all trigrams of the parameter; the name
     * itself is still to be compared.
     */
    String candidates(String parameter) {
        String known = candidates.get();
        if (known == null) {
            known = em.createNativeQuery("select name from search_means")
                            .getSingleResult()
                            .equals("fts5")
                    ? "select n.repo_id as id from repo_search s cross join repo_search_row n"
                            + " where s.repo_search match %s and n.n = s.rowid"
                    : "select id from repository"
                            + " where hub_trigrams(lower(namespace || '/' || name)) @> hub_trigrams(cast(%s as text))";
            candidates.set(known);
        }
        return String.format(known, ':' + parameter);
    }

    /** An expression of text to be compared by code points, as the indices of such are; SQLite knows nothing else. */
    String ordered(String expression) {
        return isSqlite() ? expression : '(' + expression + " collate \"C\")";
    }

    private boolean isSqlite() {
        return candidates("x").contains("match");
    }

    /** The text as {@link #candidates} wants it. */
    String operand(String lowerCaseText) {
        return isSqlite() ? '"' + lowerCaseText.replace("\"", "\"\"") + '"' : lowerCaseText;
    }
}
