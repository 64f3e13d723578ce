package org.kohakuhub.access;

import java.util.Set;

/**
 * Whose private repositories a caller may see. A listing shows a repository if it is public, or {@code everything}
 * holds, or its owner is one of {@code ownerIds}.
 */
public record Visibility(boolean everything, Set<String> ownerIds) {
    /** Copies the set. */
    public Visibility {
        ownerIds = Set.copyOf(ownerIds);
    }

    /** Whether a private repository of this owner may be seen. */
    public boolean includes(String ownerId) {
        return everything || ownerIds.contains(ownerId);
    }
}
