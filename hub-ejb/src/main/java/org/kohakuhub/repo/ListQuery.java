package org.kohakuhub.repo;

import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.RepoType;

/**
 * Which repositories, in which order (always the greatest first).
 *
 * @param type empty for all three
 * @param author the namespace
 * @param search texts that all must occur in {@code ns/name}, in any case
 * @param tags tags that all must be there
 * @param gated only gated ones, only open ones, or both
 * @param cursor what the page before gave as {@link RepositoryPage#next}
 * @param limit how many a page holds
 */
public record ListQuery(
        Optional<RepoType> type,
        Optional<String> author,
        List<String> search,
        List<String> tags,
        Optional<Boolean> gated,
        Order order,
        Optional<String> cursor,
        int limit) {
    /** By what a list is sorted. */
    public enum Order {
        MODIFIED("modifiedAt"),
        CREATED("createdAt"),
        DOWNLOADS("downloads"),
        LIKES("likes");

        private final String attribute;

        Order(String attribute) {
            this.attribute = attribute;
        }

        String attribute() {
            return attribute;
        }
    }
}
