package org.kohakuhub.discussion;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.discussion.DiscussionService.Found;
import org.kohakuhub.repo.BranchEditService;
import org.kohakuhub.repo.CommitAuthors;
import org.kohakuhub.repo.Revisions;
import org.kohakuhub.version.VersionStore;

/**
 * Opens, shows and merges pull requests. Where the owner has switched discussions off, all of it is FORBIDDEN; the refs
 * of those that are there can still be read.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PullRequestService {
    /** A discussion of more is shown up to here. */
    private static final int MOST_EVENTS = 1_000;

    private final AccessPolicy access;
    private final Discussions discussions;
    private final DiscussionRows rows;
    private final VersionStore versions;
    private final PullReader pulls;
    private final BranchEditService branches;
    private final CommitAuthors authors;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway")
    protected PullRequestService() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public PullRequestService(
            AccessPolicy access,
            Discussions discussions,
            DiscussionRows rows,
            VersionStore versions,
            PullReader pulls,
            BranchEditService branches,
            CommitAuthors authors) {
        this.access = access;
        this.discussions = discussions;
        this.rows = rows;
        this.versions = versions;
        this.pulls = pulls;
        this.branches = branches;
        this.authors = authors;
    }

    /**
     * A discussion with all that happened.
     *
     * @param conflicts the files of a pull request that do not go together with its base; empty when it is over
     * @param diff what a pull request changes, where that was asked for
     */
    public record Details(
            RepoId repo,
            Discussion discussion,
            List<DiscussionEvent> events,
            List<String> conflicts,
            Optional<String> diff) {}

    /**
     * Shows a discussion or a pull request.
     *
     * @throws HubException REPO_NOT_FOUND; FORBIDDEN; NOT_FOUND
     */
    public Details details(Caller caller, RepoId name, int num, boolean withDiff) {
        RepoKey repo = discussions.requireEnabled(access.require(caller, Action.READ, name));
        Discussion found = existing(repo, num);
        List<DiscussionEvent> events = pulls.told(repo, discussions.events(repo, num, MOST_EVENTS));
        List<String> conflicts = found.status().isLive() ? pulls.conflicts(repo, found) : List.of();
        // of a gated repository everybody may see what is said, and not what is in its files
        boolean shown = withDiff && access.allows(caller, Action.READ_FILES, repo);
        Optional<String> diff = shown ? pulls.diff(repo, found) : Optional.empty();
        return new Details(repo.name(), found, events, conflicts, diff);
    }

    /**
     * Opens a draft for the default branch, without any commit yet.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; INVALID for a title or comment that is too short
     *     or too long, or if the repository is empty
     */
    public Found draft(Caller caller, RepoId name, String title, String comment) {
        RepoKey repo = discussions.requireEnabled(access.require(caller, Action.PROPOSE, name));
        GitOid start = versions.head(repo, Revisions.DEFAULT_REF)
                .orElseThrow(() ->
                        new HubException(ErrorKind.INVALID, "There is nothing yet that a pull request could be for"));
        DiscussionRows.Opening opening = new DiscussionRows.Opening(
                DiscussionService.title(title), DiscussionService.account(caller), DiscussionService.text(comment));
        int num = rows.prepare(repo, opening, Revisions.DEFAULT_REF, start, Status.DRAFT);
        versions.createRef(repo, PullRef.of(num), start, authors.of(caller), Optional.empty());
        return new Found(repo.name(), existing(repo, num));
    }

    /**
     * Merges an open pull request: its changes become one commit on its base.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; NOT_FOUND; INVALID for what is no open pull
     *     request; CONFLICT that names the files
     */
    public GitOid merge(Caller caller, RepoId name, int num, Optional<String> comment) {
        RepoKey repo = discussions.requireEnabled(access.require(caller, Action.WRITE, name));
        String merger = DiscussionService.account(caller);
        Discussion found = existing(repo, num);
        Discussion.Pull pull =
                found.pull().orElseThrow(() -> new HubException(ErrorKind.INVALID, "This is not a pull request"));
        if (found.status() != Status.OPEN) {
            throw new HubException(
                    ErrorKind.INVALID,
                    "Only an open pull request can be merged, this one is "
                            + found.status().text());
        }
        Optional<String> said = comment.filter(text -> !text.isBlank()).map(DiscussionService::text);
        GitOid head = branches.merge(
                caller,
                repo.name(),
                Revision.parse(PullRef.of(num)),
                Revision.parse(pull.base()),
                new BranchEditService.Merge(
                        Optional.of(pulls.mergeMessage(repo, found, authors.of(caller))), Optional.empty(), true));
        rows.merged(repo, num, merger, head, said);
        return head;
    }

    private Discussion existing(RepoKey repo, int num) {
        return discussions.find(repo, num).orElseThrow(() -> DiscussionService.notFound(num));
    }
}
