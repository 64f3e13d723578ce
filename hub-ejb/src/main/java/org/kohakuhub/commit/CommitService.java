package org.kohakuhub.commit;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.repo.CardKeeper;
import org.kohakuhub.repo.CommitAuthors;
import org.kohakuhub.repo.Revisions;
import org.kohakuhub.version.CommitDraft;
import org.kohakuhub.version.CommitWriter;
import org.kohakuhub.version.TreeChange;
import org.kohakuhub.version.VersionStore;

/** Turns the operations of one request into one git commit: all of them or none. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // a slow client must not hold a connection
public class CommitService {
    private final AccessPolicy access;
    private final VersionStore versions;
    private final Revisions revisions;
    private final ChangeReader changes;
    private final CommitAuthors authors;
    private final CardKeeper cards;

    @SuppressWarnings("NullAway")
    protected CommitService() { // the container's proxy only
        this(null, null, null, null, null, null);
    }

    @Inject
    public CommitService(
            AccessPolicy access,
            VersionStore versions,
            Revisions revisions,
            ChangeReader changes,
            CommitAuthors authors,
            CardKeeper cards) {
        this.access = access;
        this.versions = versions;
        this.revisions = revisions;
        this.changes = changes;
        this.authors = authors;
        this.cards = cards;
    }

    /**
     * Commits to a branch, or throws and changes nothing. Nothing of the request is read before it is known that the
     * caller may commit there. A request that makes no difference gives the head as it is.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN; REVISION_NOT_FOUND if the revision is not a branch;
     *     ENTRY_NOT_FOUND for the removal or copy of what is not there; STALE_PARENT when overtaken; UNPROCESSABLE for
     *     an LFS file whose content this repository has no right to; TOO_LARGE; what {@link CommitRequest} throws
     */
    public CommitResult commit(Caller caller, RepoId name, Revision revision, CommitRequest request) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        Revisions.Branch branch = revisions.branch(repo, revision);
        CommitHeader header = request.header();
        GitOid head;
        try (CommitWriter writer = versions.write(repo)) {
            List<TreeChange> wanted = changes.read(repo, branch, request, writer);
            head = writer.commit(
                    new CommitDraft(branch.ref(), header.parentCommit(), authors.of(caller), header.message(), wanted));
        }
        if (branch.ref().equals(Revisions.DEFAULT_REF)) {
            cards.refresh(repo);
        }
        return new CommitResult(repo.name(), head);
    }
}
