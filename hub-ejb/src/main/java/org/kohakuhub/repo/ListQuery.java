package org.kohakuhub.repo;

import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.RepoType;

/**
 * Which repositories, in which order.
 *
 * @param type empty for all three
 * @param author the namespace
 * @param search texts that all must occur in {@code ns/name}, in any case
 * @param tags tags that all must be there
 * @param gated only gated ones, only open ones, or both
 * @param parameters how many parameters the weights must have; those of unknown weights then do not count
 * @param order by what the list is sorted
 * @param ascending the least first; usual is the greatest
 * @param cursor what the page before gave as {@link RepositoryPage#next}
 * @param limit how many a page holds
 */
public record ListQuery(
        Optional<RepoType> type,
        Optional<String> author,
        List<String> search,
        List<String> tags,
        Optional<Boolean> gated,
        Optional<Range> parameters,
        Order order,
        boolean ascending,
        Optional<String> cursor,
        int limit) {
    /** The usual direction, weights of any size. */
    public ListQuery(
            Optional<RepoType> type,
            Optional<String> author,
            List<String> search,
            List<String> tags,
            Optional<Boolean> gated,
            Order order,
            Optional<String> cursor,
            int limit) {
        this(type, author, search, tags, gated, Optional.empty(), order, false, cursor, limit);
    }

    /** Both ends belong to it. */
    public record Range(long least, long most) {}

    /** By what a list is sorted. */
    public enum Order {
        MODIFIED("modified_at"),
        CREATED("created_at"),
        DOWNLOADS("downloads"),
        LIKES("likes"),
        TRENDING("trending_score");

        private final String column;

        Order(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }
    }
}
