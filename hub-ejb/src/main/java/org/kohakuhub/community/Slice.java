package org.kohakuhub.community;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param next the cursor of the page that follows, if one does
 */
public record Slice<T>(List<T> items, Optional<String> next) {
    /** Copies the list. */
    public Slice {
        items = List.copyOf(items);
    }
}
