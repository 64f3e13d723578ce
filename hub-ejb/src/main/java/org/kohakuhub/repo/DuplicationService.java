package org.kohakuhub.repo;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.NamespaceKey;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.version.git.RepositoryCopier;

/** Makes copies of repositories. Branches, tags and contents are shared or copied inside the stores; no file is read. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // packs are copied in the object store
public class DuplicationService {
    private final AccessPolicy access;
    private final Repositories repositories;
    private final RepositoryRows rows;
    private final RepositoryCopier copier;
    private final CommitAuthors authors;
    private final InstantSource clock;

    @SuppressWarnings("NullAway")
    protected DuplicationService() { // the container's proxy only
        this(null, null, null, null, null, null);
    }

    @Inject
    public DuplicationService(
            AccessPolicy access,
            Repositories repositories,
            RepositoryRows rows,
            RepositoryCopier copier,
            CommitAuthors authors,
            InstantSource clock) {
        this.access = access;
        this.repositories = repositories;
        this.rows = rows;
        this.copier = copier;
        this.authors = authors;
        this.clock = clock;
    }

    /**
     * Makes a copy. It is as private and as gated as the original, unless the caller says how private; likes, downloads and
     * discussions stay behind. The row comes first, then the rights to contents, then the refs; where that fails, all goes
     * again.
     *
     * @param isPrivate empty: as the original is
     * @throws HubException REPO_NOT_FOUND, GATED_REPO, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND (the namespace), INVALID
     */
    public Creation duplicate(Caller caller, RepoId source, RepoId target, Optional<Boolean> isPrivate) {
        RepoKey from = access.require(caller, Action.READ_FILES, source);
        if (source.type() != target.type()) {
            throw new HubException(ErrorKind.INVALID, "A copy has the type of the original");
        }
        NamespaceKey owner = access.requireNamespace(caller, Action.CREATE_REPOSITORY, target.namespace());
        Repository original = repositories
                .byId(from.id())
                .orElseThrow(() -> new HubException(ErrorKind.REPO_NOT_FOUND, "Repository not found"));
        RepoId name = new RepoId(target.type(), owner.name(), target.name());
        Repository row = RepositoryService.newRow(
                clock,
                caller,
                owner,
                name,
                new NewRepository(
                        name.type(),
                        Optional.of(owner.name()),
                        name.name(),
                        isPrivate.orElse(original.isPrivate),
                        Optional.ofNullable(original.sdk)));
        row.gated = original.gated;
        row.description = original.description;
        row.lfsThreshold = original.lfsThreshold;
        row.lfsSuffixes = original.lfsSuffixes;
        Optional<Repository> taken = RepositoryService.insert(rows, repositories, row);
        if (taken.isPresent()) {
            return RepositoryService.taken(name, taken.get());
        }
        RepoKey to = new RepoKey(row.id, name, owner.id(), row.isPrivate);
        try {
            rows.shareContents(from, to);
            copier.copy(from, to, authors.of(caller));
        } catch (RuntimeException failed) {
            rows.delete(to);
            throw failed;
        }
        return new Creation.Created(name, row.id);
    }
}
