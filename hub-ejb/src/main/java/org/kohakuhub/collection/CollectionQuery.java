package org.kohakuhub.collection;

import java.util.List;
import java.util.Optional;

/**
 * Which collections a list shall hold.
 *
 * @param owners names of users and organizations, of which any will do; none: of everybody
 * @param items {@code models/ns/name} and the like, of which any will do; none: whatever is in it
 * @param sort empty: the owner's own order where there is one owner, else the last change
 */
public record CollectionQuery(List<String> owners, List<String> items, Optional<Sort> sort) {
    /** More than this many owners or items are no question. */
    public static final int LONGEST = 20;

    /** Copies the lists. */
    public CollectionQuery {
        owners = List.copyOf(owners);
        items = List.copyOf(items);
    }

    /** An order, always beginning with the highest. */
    public enum Sort {
        OWNERS_ORDER("place"),
        LAST_MODIFIED("modified_at"),
        UPVOTES("upvotes");

        private final String column;

        Sort(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }
    }

    Sort order() {
        return sort.orElse(owners.size() == 1 ? Sort.OWNERS_ORDER : Sort.LAST_MODIFIED);
    }
}
