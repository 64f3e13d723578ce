package org.kohakuhub.version;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.Sha256;

/**
 * The git-lfs pointers of a repository's whole history. All of it is walked, so that a call costs what the history has of
 * commits, folders and small files.
 */
public interface PointerHistory {
    /**
     * Where a pointer stands.
     *
     * @param ref the whole name of a ref that leads to it; of those that do, {@code main} comes first, then branches
     */
    record Place(String path, String ref) {}

    /** A place of each of these contents that some ref leads to. */
    Map<Sha256, Place> places(RepoKey repo, Collection<Sha256> wanted);

    /** All contents that a ref leads to, or a ref that was removed and may be restored. */
    Set<Sha256> reachable(RepoKey repo);

    /**
     * Takes the pointers to these contents out of every commit that a ref leads to. All refs move together or none; who
     * made which commit when, and with which message, stays. Signatures of what changed are gone, as they would be wrong.
     *
     * @return how many refs have moved
     * @throws org.kohakuhub.common.HubException UNAVAILABLE if refs keep moving meanwhile
     */
    int remove(RepoKey repo, Set<Sha256> contents, Author actor);
}
