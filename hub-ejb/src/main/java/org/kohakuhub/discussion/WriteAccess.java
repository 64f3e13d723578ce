package org.kohakuhub.discussion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Text;

/**
 * Who may add commits where: to branches those who may write, to a pull request also whoever opened it. What is merged or
 * closed stays as it is.
 */
@ApplicationScoped
public class WriteAccess {
    private final AccessPolicy access;
    private final Discussions discussions;

    /** For the container's proxy only. */
    protected WriteAccess() {
        this(null, null);
    }

    @Inject
    public WriteAccess(AccessPolicy access, Discussions discussions) {
        this.access = access;
        this.discussions = discussions;
    }

    /**
     * The repository, if the caller may add to this revision.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; REVISION_NOT_FOUND, CONFLICT for a pull request
     *     that is not there or is over
     */
    public RepoKey require(Caller caller, RepoId name, Revision revision) {
        Optional<Integer> pull = PullRef.number(revision);
        if (pull.isEmpty()) {
            return access.require(caller, Action.WRITE, name);
        }
        RepoKey repo = access.require(caller, Action.PROPOSE, name);
        Discussion found = discussions
                .find(repo, pull.get())
                .filter(discussion -> discussion.pull().isPresent())
                .orElseThrow(() -> new HubException(
                        ErrorKind.REVISION_NOT_FOUND, "Invalid rev id: " + Text.shown(revision.toString())));
        if (!isAuthor(caller, found)) {
            access.require(caller, Action.WRITE, name);
        }
        if (!found.status().isLive()) {
            throw new HubException(
                    ErrorKind.CONFLICT, "This pull request is " + found.status().text());
        }
        return repo;
    }

    /**
     * The repository, if the caller may propose changes to it.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public RepoKey propose(Caller caller, RepoId name) {
        RepoKey repo = access.require(caller, Action.PROPOSE, name);
        if (!access.allows(caller, Action.WRITE, repo)) { // LFS uploads of those who may write come by here, too
            discussions.requireEnabled(repo);
        }
        return repo;
    }

    /**
     * The account that a pull request is opened by.
     *
     * @throws HubException UNAUTHENTICATED for the site administrator's token alone; FORBIDDEN where there are none
     */
    public String opener(Caller caller, RepoKey repo) {
        discussions.requireEnabled(repo);
        return DiscussionService.account(caller);
    }

    /**
     * The repository, if the caller may push something to it: those who may write, and authors of pull requests.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public RepoKey push(Caller caller, RepoId name) {
        RepoKey repo = access.require(caller, Action.READ, name);
        boolean author = caller.mayWrite()
                && access.allows(caller, Action.PROPOSE, repo)
                && !caller.isAnonymous()
                && discussions.hasLivePull(repo, caller.userId());
        return author ? repo : access.require(caller, Action.WRITE, name);
    }

    /**
     * Why the caller may not push to this ref, if he may not.
     *
     * @param writes whether he may write to branches
     */
    public Optional<String> objection(Caller caller, RepoKey repo, boolean writes, String ref) {
        Optional<Integer> number = PullRef.number(ref);
        if (number.isEmpty()) {
            return writes ? Optional.empty() : Optional.of("you may push to your own pull requests only");
        }
        Optional<Discussion> found =
                discussions.find(repo, number.get()).filter(pull -> pull.pull().isPresent());
        if (found.isEmpty()) {
            return Optional.of("there is no such pull request");
        }
        if (!writes && !isAuthor(caller, found.get())) {
            return Optional.of("this pull request is somebody else's");
        }
        return found.get().status().isLive()
                ? Optional.empty()
                : Optional.of("this pull request is " + found.get().status().text());
    }

    private static boolean isAuthor(Caller caller, Discussion discussion) {
        return discussion.author().map(Discussion.Person::id).equals(Optional.ofNullable(caller.userId()))
                && !caller.isAnonymous();
    }
}
