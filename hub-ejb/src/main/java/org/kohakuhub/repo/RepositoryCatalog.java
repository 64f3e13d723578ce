package org.kohakuhub.repo;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;

/** Tells of repositories: one by its name, many by a query. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RepositoryCatalog {
    private final AccessPolicy access;
    private final VersionStore versions;
    private final Repositories repositories;
    private final Revisions revisions;
    private final CardKeeper cards;

    @SuppressWarnings("NullAway")
    protected RepositoryCatalog() { // the container's proxy only
        this(null, null, null, null, null);
    }

    @Inject
    public RepositoryCatalog(
            AccessPolicy access,
            VersionStore versions,
            Repositories repositories,
            Revisions revisions,
            CardKeeper cards) {
        this.access = access;
        this.versions = versions;
        this.repositories = repositories;
        this.revisions = revisions;
        this.cards = cards;
    }

    /**
     * One repository at a revision; without one, at its default branch.
     *
     * @throws HubException REPO_NOT_FOUND, REVISION_NOT_FOUND
     */
    public RepositoryInfo info(Caller caller, RepoId name, Optional<Revision> revision) {
        RepoKey key = access.require(caller, Action.READ, name);
        RepositoryRecord repository = repositories
                .byId(key.id())
                .map(Rows::record)
                .orElseThrow(() -> new HubException(ErrorKind.REPO_NOT_FOUND, "Repository not found"));
        Optional<GitOid> commit =
                revisions.commit(key, revision.orElseGet(() -> new Revision.Named(Revisions.DEFAULT_BRANCH)));
        Card card = commit.map(at -> cards.at(key, repository.card(), at)).orElse(Card.EMPTY);
        return new RepositoryInfo(key, repository, card, commit);
    }

    /** Passes every file of the repository at the revision on, as it is read. */
    public void forEachFile(RepositoryInfo info, Consumer<TreeEntry> each) {
        info.commit().ifPresent(commit -> versions.forEachFile(info.key(), commit, each));
    }

    /** Bytes that the repository takes in the object store and database. */
    public long storage(RepositoryRecord repository) {
        return repositories.storage(repository.id());
    }

    /** The head of the default branch. */
    public Optional<GitOid> head(RepositoryRecord repository) {
        return versions.head(key(repository), RefNames.HEADS + Revisions.DEFAULT_BRANCH);
    }

    /** Passes every file of the default branch on, as it is read. */
    public void forEachFile(RepositoryRecord repository, Consumer<TreeEntry> each) {
        RepoKey key = key(repository);
        versions.head(key, Revisions.DEFAULT_REF).ifPresent(head -> versions.forEachFile(key, head, each));
    }

    private static RepoKey key(RepositoryRecord repository) {
        return new RepoKey(repository.id(), repository.name(), repository.ownerId(), repository.isPrivate());
    }

    /** A page of the repositories that the caller may know of. */
    public RepositoryPage list(Caller caller, ListQuery query) {
        List<Repository> rows = repositories.page(query, query.cursor().map(Rows::cursor), access.visibility(caller));
        boolean more = rows.size() > query.limit();
        List<Repository> page = more ? rows.subList(0, query.limit()) : rows;
        Optional<String> next =
                more ? Optional.of(Rows.cursor(query.order(), page.get(page.size() - 1))) : Optional.empty();
        return new RepositoryPage(page.stream().map(Rows::record).toList(), next);
    }
}
