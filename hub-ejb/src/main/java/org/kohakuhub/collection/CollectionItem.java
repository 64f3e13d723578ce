package org.kohakuhub.collection;

import java.util.Optional;

/**
 * Something in a collection.
 *
 * @param id the row's, by which it is moved and removed
 * @param target the name of a repository or bucket as it is now, the number of a paper, the id of a collection
 * @param slug the address of a collection; empty for all else
 * @param position among those that the reader may see, from 0
 */
public record CollectionItem(
        String id, ItemType type, String target, Optional<String> slug, Optional<String> note, long position) {}
