package org.kohakuhub.repo;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;
import org.kohakuhub.repo.RepositoryChanged.Kind;
import org.kohakuhub.version.RefsMoved;
import org.kohakuhub.version.VersionStore;

/** Changes rows of repositories, each call in one short transaction. */
@Stateless
public class RepositoryRows {
    private final Repositories repositories;
    private final TagRows tags;
    private final VersionStore versions;
    private final InstantSource clock;
    private final Event<RepositoryChanged> changed;

    @SuppressWarnings("NullAway")
    protected RepositoryRows() { // the container's proxy only
        this(null, null, null, null, null);
    }

    @Inject
    public RepositoryRows(
            Repositories repositories,
            TagRows tags,
            VersionStore versions,
            InstantSource clock,
            Event<RepositoryChanged> changed) {
        this.repositories = repositories;
        this.tags = tags;
        this.versions = versions;
        this.clock = clock;
        this.changed = changed;
    }

    /** Inserts the row unless the owner has one of a look-alike name, which is then given back. */
    public Optional<Repository> insertUnlessTaken(Repository row) {
        Optional<Repository> taken = repositories.lookAlike(RepoType.parse(row.type), row.ownerId, row.normalizedName);
        if (taken.isEmpty()) {
            repositories.insert(row);
            tell(FactFinder.key(Rows.record(row)), Kind.CREATED, Optional.empty());
        }
        return taken;
    }

    /** Removes the row with all that hangs on it; the bytes of its packs are left to the sweep. */
    public void delete(RepoKey repo) {
        tell(repo, Kind.REMOVED, Optional.empty());
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
        tell(repo, Kind.MOVED, Optional.of(to));
    }

    /** Gives a new repository the right to all contents of the one that it is a copy of. */
    public void shareContents(RepoKey from, RepoKey to) {
        repositories.shareContents(from.id(), to.id(), clock.millis());
    }

    /** Keeps what was read from the default branch. */
    public void keepCard(RepoKey repo, GitOid commit, IndexedCard read) {
        if (repositories.keepCard(repo.id(), commit, read.card())) {
            tags.replace(repo.id(), repo.name().type(), read.index());
        }
    }

    /** Keeps what was read from the weights of the default branch. */
    public void keepWeights(
            String id, GitOid commit, Optional<String> weights, OptionalLong parameters, OptionalLong mainSize) {
        repositories.keepWeights(id, commit, weights, parameters, mainSize);
    }

    /** Repositories whose weights are those of another commit than their cards. */
    public List<Due> unreadWeights(int limit) {
        return repositories.unreadWeights(limit).stream()
                .map(row -> new Due(FactFinder.key(Rows.record(row)), new GitOid(row.cardCommit)))
                .toList();
    }

    /** Repositories whose cards were read by an older reader. */
    public List<RepoKey> outdatedCards(int limit) {
        return repositories.outdatedCards(limit).stream()
                .map(row -> FactFinder.key(Rows.record(row)))
                .toList();
    }

    /** A repository, and the commit at which it is to be read. */
    public record Due(RepoKey repo, GitOid commit) {}

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
        change.description().ifPresent(value -> row.description = value.isEmpty() ? null : value);
        change.discussionsDisabled().ifPresent(value -> row.discussionsDisabled = value);
        change.lfsThreshold().ifPresent(own -> row.lfsThreshold = own.value().orElse(null));
        change.lfsSuffixes()
                .ifPresent(own -> row.lfsSuffixes =
                        own.value().map(suffixes -> String.join("\n", suffixes)).orElse(null));
        tell(FactFinder.key(Rows.record(row)), Kind.CONFIGURED, Optional.empty());
        return Rows.record(row);
    }

    private void tell(RepoKey repo, Kind kind, Optional<RepoId> to) {
        changed.fire(new RepositoryChanged(repo, kind, to));
    }

    /** Joins the transaction that moves the refs. */
    public void touched(@Observes RefsMoved moved) {
        repositories.touch(moved.repo().id(), clock.millis());
    }
}
