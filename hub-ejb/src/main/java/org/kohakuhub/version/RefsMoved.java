package org.kohakuhub.version;

import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.GitOid;

/**
 * Fired inside the transaction that moves refs, by whatever door: an observer's rows are written with it or not at all.
 * Observers must be quick, make no call to the object store and open no transaction.
 */
public record RefsMoved(RepoKey repo, String actor, List<Move> moves) {
    /** One ref's step; {@code from} is empty for a new ref and {@code to} for a removed one. */
    public record Move(String ref, Optional<GitOid> from, Optional<GitOid> to) {}
}
