package org.kohakuhub.version.git;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;

/** One repack at a time on this node: several would take the processors and the memory that requests need. */
@ApplicationScoped
class RepackTurns {
    private final Map<String, RepoKey> waiting = new LinkedHashMap<>();
    private boolean taken;

    /** Whether the caller may repack now. If not, the repository waits for {@link #next}. */
    synchronized boolean take(RepoKey repo) {
        if (taken) {
            waiting.put(repo.id(), repo);
            return false;
        }
        taken = true;
        return true;
    }

    /** Gives the turn back, and tells who waited longest. */
    synchronized Optional<RepoKey> next() {
        taken = false;
        Optional<RepoKey> first = waiting.values().stream().findFirst();
        first.ifPresent(repo -> waiting.remove(repo.id()));
        return first;
    }
}
