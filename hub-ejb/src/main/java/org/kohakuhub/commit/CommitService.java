package org.kohakuhub.commit;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.discussion.DiscussionRows;
import org.kohakuhub.discussion.PullRef;
import org.kohakuhub.discussion.Status;
import org.kohakuhub.discussion.WriteAccess;
import org.kohakuhub.repo.CardKeeper;
import org.kohakuhub.repo.CommitAuthors;
import org.kohakuhub.repo.RefGuard;
import org.kohakuhub.repo.RefRule.Deed;
import org.kohakuhub.repo.Revisions;
import org.kohakuhub.version.CommitDraft;
import org.kohakuhub.version.CommitWriter;
import org.kohakuhub.version.TreeChange;
import org.kohakuhub.version.VersionStore;

/** Turns the operations of one request into one git commit: all of them or none. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // a slow client must not hold a connection
public class CommitService {
    /** Of a pull request; the commit's own may be longer. */
    private static final int LONGEST_TITLE = 200;

    private final VersionStore versions;
    private final Revisions revisions;
    private final RefGuard guard;
    private final ChangeReader changes;
    private final CommitAuthors authors;
    private final CardKeeper cards;
    private final WriteAccess writes;
    private final DiscussionRows discussions;

    @SuppressWarnings("NullAway")
    protected CommitService() { // the container's proxy only
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    public CommitService(
            VersionStore versions,
            Revisions revisions,
            RefGuard guard,
            ChangeReader changes,
            CommitAuthors authors,
            CardKeeper cards,
            WriteAccess writes,
            DiscussionRows discussions) {
        this.versions = versions;
        this.revisions = revisions;
        this.guard = guard;
        this.changes = changes;
        this.authors = authors;
        this.cards = cards;
        this.writes = writes;
        this.discussions = discussions;
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
        RepoKey repo = writes.require(caller, name, revision);
        Revisions.Branch branch = revisions.branch(repo, revision);
        guard.require(caller, repo, branch.ref(), Deed.PUSH);
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
        return new CommitResult(repo.name(), head, Optional.empty());
    }

    /**
     * Commits to a new pull request instead, which opens with it, or throws and changes nothing. It begins at the commit
     * that the request names as its parent, or else at the branch's head. Whoever may read the repository can do so.
     *
     * @param revision the branch that it is for
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; INVALID for what is no branch, or is empty;
     *     REVISION_NOT_FOUND; and as above
     */
    public CommitResult propose(Caller caller, RepoId name, Revision revision, CommitRequest request) {
        RepoKey repo = writes.propose(caller, name);
        String author = writes.opener(caller, repo);
        Revisions.Branch base = revisions.branch(repo, revision);
        if (!base.ref().startsWith(RefNames.HEADS)) {
            throw new HubException(ErrorKind.INVALID, "A pull request is for a branch");
        }
        CommitHeader header = request.header();
        GitOid start = header.parentCommit()
                .map(id -> versions.resolve(repo, Revision.parse(id)))
                .or(base::head)
                .orElseThrow(() ->
                        new HubException(ErrorKind.INVALID, "There is nothing yet that a pull request could be for"));
        DiscussionRows.Opening opening =
                new DiscussionRows.Opening(header.title(LONGEST_TITLE), author, header.description());
        int num;
        GitOid head;
        try (CommitWriter writer = versions.write(repo)) {
            Revisions.Branch at = new Revisions.Branch(base.ref(), Optional.of(start));
            List<TreeChange> wanted = changes.read(repo, at, request, writer);
            num = discussions.prepare(repo, opening, base.ref(), start, Status.OPEN);
            head = writer.commit(new CommitDraft(
                    PullRef.of(num),
                    Optional.of(start),
                    Optional.empty(),
                    authors.of(caller),
                    header.message(),
                    wanted));
        }
        return new CommitResult(repo.name(), head, Optional.of(num));
    }
}
