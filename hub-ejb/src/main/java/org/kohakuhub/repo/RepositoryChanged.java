package org.kohakuhub.repo;

import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.RepoId;

/**
 * Fired inside the transaction that changes a repository's row; for a removal before the row goes. The rules for observers
 * are those of {@link org.kohakuhub.version.RefsMoved}.
 *
 * @param repo as it was before
 * @param to of a move: the new name
 */
public record RepositoryChanged(RepoKey repo, Kind kind, Optional<RepoId> to) {
    /** What happened to it. */
    public enum Kind {
        CREATED,
        REMOVED,
        MOVED,
        /** It has other settings. */
        CONFIGURED
    }
}
