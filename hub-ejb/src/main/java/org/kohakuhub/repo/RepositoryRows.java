package org.kohakuhub.repo;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;
import org.kohakuhub.version.RefsMoved;
import org.kohakuhub.version.VersionStore;

/** Changes rows of repositories, each call in one short transaction. */
@Stateless
public class RepositoryRows {
    private final Repositories repositories;
    private final VersionStore versions;
    private final InstantSource clock;

    @SuppressWarnings("NullAway")
    protected RepositoryRows() { // the container's proxy only
        this(null, null, null);
    }

    @Inject
    public RepositoryRows(Repositories repositories, VersionStore versions, InstantSource clock) {
        this.repositories = repositories;
        this.versions = versions;
        this.clock = clock;
    }

    /** Inserts the row unless the owner has one of a look-alike name, which is then given back. */
    public Optional<Repository> insertUnlessTaken(Repository row) {
        Optional<Repository> taken = repositories.lookAlike(RepoType.parse(row.type), row.ownerId, row.normalizedName);
        if (taken.isEmpty()) {
            repositories.insert(row);
        }
        return taken;
    }

    /** Removes the row with all that hangs on it; the bytes of its packs are left to the sweep. */
    public void delete(RepoKey repo) {
        versions.abandon(repo);
        repositories.delete(repo.id());
    }

    /**
     * Gives a repository another name; who asks for the old one is sent on from now on.
     *
     * @throws HubException CONFLICT if the owner has another of a look-alike name
     */
    public void move(RepoKey repo, String ownerId, RepoId to) {
        String normalized = Text.normalizedName(to.name());
        repositories
                .lookAlike(to.type(), ownerId, normalized)
                .filter(taken -> !taken.id.equals(repo.id()))
                .ifPresent(taken -> {
                    throw new HubException(
                            ErrorKind.CONFLICT,
                            "A repository called " + taken.namespace + '/' + taken.name + " already exists");
                });
        Repository row = repositories
                .byId(repo.id())
                .orElseThrow(() -> new HubException(ErrorKind.REPO_NOT_FOUND, "Repository not found"));
        repositories.redirect(repo.name(), repo.id());
        row.ownerId = ownerId;
        row.namespace = to.namespace();
        row.name = to.name();
        row.normalizedName = normalized;
    }

    /** Keeps what was read from the default branch. */
    public void keepCard(String id, GitOid commit, Card card) {
        repositories.byId(id).ifPresent(row -> {
            row.cardCommit = commit.hex();
            row.card = card.data().orElse(null);
            row.tags = TagList.write(card.tags());
            row.pipelineTag = card.pipelineTag().orElse(null);
            row.libraryName = card.libraryName().orElse(null);
            row.modelConfig = card.config().orElse(null);
        });
    }

    /**
     * Applies a change of settings.
     *
     * @throws HubException REPO_NOT_FOUND if the repository went away meanwhile
     */
    public RepositoryRecord change(String id, SettingsChange change) {
        Repository row = repositories
                .byId(id)
                .orElseThrow(() -> new HubException(ErrorKind.REPO_NOT_FOUND, "Repository not found"));
        change.isPrivate().ifPresent(value -> row.isPrivate = value);
        change.gated().ifPresent(value -> row.gated = value.text());
        change.lfsThreshold().ifPresent(own -> row.lfsThreshold = own.value().orElse(null));
        change.lfsSuffixes()
                .ifPresent(own -> row.lfsSuffixes =
                        own.value().map(suffixes -> String.join("\n", suffixes)).orElse(null));
        return Rows.record(row);
    }

    /** Joins the transaction that moves the refs. */
    public void touched(@Observes RefsMoved moved) {
        repositories.touch(moved.repo().id(), clock.millis());
    }
}
