package org.kohakuhub.repo;

import org.kohakuhub.common.RepoId;

/** How the wish for a new repository ended. */
public sealed interface Creation {
    /** It is there now. */
    record Created(RepoId name, String id) implements Creation {}

    /**
     * A repository of this name, or of one too much like it, was there before.
     *
     * @param sentence for the user
     */
    record Taken(RepoId existing, String sentence) implements Creation {}
}
