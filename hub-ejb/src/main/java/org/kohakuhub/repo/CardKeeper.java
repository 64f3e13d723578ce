package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.version.VersionStore;

/**
 * Keeps in each repository's row what its default branch says about it. The row names the commit that it was read from:
 * whoever finds another head there reads again. So no event can be lost, and a late writer is put right by the next
 * reader.
 */
@ApplicationScoped
public class CardKeeper {
    private static final System.Logger log = System.getLogger(CardKeeper.class.getName());

    private final VersionStore versions;
    private final CardReader reader;
    private final RepositoryRows rows;

    @SuppressWarnings("NullAway")
    protected CardKeeper() { // the container's proxy only
        this(null, null, null);
    }

    @Inject
    CardKeeper(VersionStore versions, CardReader reader, RepositoryRows rows) {
        this.versions = versions;
        this.reader = reader;
        this.rows = rows;
    }

    /**
     * Reads the default branch's card again. To be called, outside any transaction, after the branch moved; a failure
     * is only logged, because the move itself stands.
     */
    public void refresh(RepoKey repo) {
        try {
            versions.head(repo, Revisions.DEFAULT_REF)
                    .ifPresent(head -> rows.keepCard(repo, head, reader.read(repo, head)));
        } catch (RuntimeException failed) {
            log.log(Level.WARNING, "The card of " + repo.name() + " could not be read", failed);
        }
    }

    /** The card at a commit; where that is the default branch's head and the row is behind, the row learns it. */
    Card at(RepoKey repo, Card kept, GitOid commit) {
        if (kept.commit().equals(Optional.of(commit))) {
            return kept;
        }
        IndexedCard read = reader.read(repo, commit);
        if (versions.head(repo, Revisions.DEFAULT_REF).equals(Optional.of(commit))) {
            rows.keepCard(repo, commit, read);
        }
        return read.card();
    }
}
