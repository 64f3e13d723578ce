package org.kohakuhub.collection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.OwnedKey;

/**
 * A collection as one reader sees it.
 *
 * @param position among those of its owner that the reader may see, from 0; in lists 0, where the client counts itself
 * @param upvoted whether the reader gave it his vote
 * @param items those that the reader may see; in lists the first few
 */
public record CollectionRecord(
        String id,
        String title,
        Owner owner,
        Optional<String> description,
        boolean isPrivate,
        Theme theme,
        long position,
        long upvotes,
        boolean upvoted,
        Instant modifiedAt,
        List<CollectionItem> items) {
    static final String KIND = "Collection";

    /** Copies the list. */
    public CollectionRecord {
        items = List.copyOf(items);
    }

    /** The user or organization whose it is. */
    public record Owner(String id, String name, Optional<String> fullName, boolean isOrganization) {}

    /** Its address. */
    public String slug() {
        return CollectionSlug.of(owner.name(), title, id);
    }

    OwnedKey key() {
        return new OwnedKey(KIND, owner.id(), isPrivate);
    }

    CollectionRecord with(long place, List<CollectionItem> seen) {
        return new CollectionRecord(
                id, title, owner, description, isPrivate, theme, place, upvotes, upvoted, modifiedAt, seen);
    }
}
