package org.kohakuhub.repo;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.access.Visibility;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
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
    private final RepositoryLists lists;
    private final FactFinder finder;

    @SuppressWarnings("NullAway")
    protected RepositoryCatalog() { // the container's proxy only
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public RepositoryCatalog(
            AccessPolicy access,
            VersionStore versions,
            Repositories repositories,
            Revisions revisions,
            CardKeeper cards,
            RepositoryLists lists,
            FactFinder finder) {
        this.access = access;
        this.versions = versions;
        this.repositories = repositories;
        this.revisions = revisions;
        this.cards = cards;
        this.lists = lists;
        this.finder = finder;
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

    /** Passes every file of the default branch on, as it is read. */
    public void forEachFile(RepositoryRecord repository, Consumer<TreeEntry> each) {
        RepoKey key = FactFinder.key(repository);
        versions.head(key, Revisions.DEFAULT_REF).ifPresent(head -> versions.forEachFile(key, head, each));
    }

    /** What other tables tell of a repository that the caller has. */
    public Facts facts(Caller caller, RepositoryRecord repository, Set<Facts.Wanted> wanted) {
        return finder.of(List.of(repository), wanted, access.visibility(caller))
                .getOrDefault(repository.id(), Facts.NONE);
    }

    /**
     * A page of the repositories that the caller may know of.
     *
     * @param wanted what is to be told of each beside its own row
     * @param withCards whether {@link Card#data} is wanted too
     */
    public RepositoryPage list(Caller caller, ListQuery query, Set<Facts.Wanted> wanted, boolean withCards) {
        Visibility visibility = access.visibility(caller);
        List<Repository> rows = lists.page(query, query.cursor().map(Rows::cursor), visibility, withCards);
        boolean more = rows.size() > query.limit();
        List<RepositoryRecord> page =
                rows.stream().limit(query.limit()).map(Rows::record).toList();
        Optional<String> next =
                more ? Optional.of(Rows.cursor(query.order(), page.get(page.size() - 1))) : Optional.empty();
        return new RepositoryPage(page, finder.of(page, wanted, visibility), next);
    }
}
