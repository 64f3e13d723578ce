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
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.discussion.DiscussionEvent.Comment;

/**
 * Talks about a repository. Who opened a discussion or wrote a comment may change it; so may, mostly, who may write.
 * Where the owner has switched discussions off, everything here is FORBIDDEN, and there again once they are switched on.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DiscussionService {
    private static final int SHORTEST_TITLE = 3;
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_COMMENT = 65_536;

    private final AccessPolicy access;
    private final Discussions discussions;
    private final DiscussionRows rows;

    /** For the container's proxy only. */
    protected DiscussionService() {
        this(null, null, null);
    }

    @Inject
    public DiscussionService(AccessPolicy access, Discussions discussions, DiscussionRows rows) {
        this.access = access;
        this.discussions = discussions;
        this.rows = rows;
    }

    /**
     * Which discussions to list; what is empty leaves nothing out.
     *
     * @param pulls only pull requests, or none
     * @param live only those that are open (drafts among them), or only those that are over
     * @param author by the account's name
     */
    public record Filter(Optional<Boolean> pulls, Optional<Boolean> live, Optional<String> author) {}

    /**
     * A page of a repository's discussions.
     *
     * @param repo the repository in its true spelling
     * @param total how many there are on all pages
     */
    public record Page(RepoId repo, long total, List<Discussion> discussions) {}

    /** One discussion and its repository in its true spelling. */
    public record Found(RepoId repo, Discussion discussion) {}

    /**
     * Lists discussions, pinned ones first, then the newest.
     *
     * @throws HubException REPO_NOT_FOUND; FORBIDDEN
     */
    public Page list(Caller caller, RepoId name, Filter filter, int offset, int limit) {
        RepoKey repo = discussions.requireEnabled(access.require(caller, Action.READ, name));
        return new Page(repo.name(), discussions.count(repo, filter), discussions.page(repo, filter, offset, limit));
    }

    /**
     * Opens a discussion.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; INVALID for a title or comment that is too short
     *     or too long
     */
    public Found open(Caller caller, RepoId name, String title, String comment) {
        RepoKey repo = discussions.requireEnabled(access.require(caller, Action.PROPOSE, name));
        int num = rows.open(repo, new DiscussionRows.Opening(title(title), account(caller), text(comment)));
        return new Found(repo.name(), existing(repo, num));
    }

    /**
     * Adds a comment.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; NOT_FOUND; INVALID
     */
    public DiscussionEvent comment(Caller caller, RepoId name, int num, String comment) {
        RepoKey repo = discussions.requireEnabled(access.require(caller, Action.PROPOSE, name));
        Discussion discussion = existing(repo, num);
        if (discussion.locked() && !access.allows(caller, Action.WRITE, repo)) {
            throw new HubException(ErrorKind.FORBIDDEN, "This discussion is locked");
        }
        return event(repo, num, rows.comment(repo, num, account(caller), text(comment)));
    }

    /**
     * Gives a discussion another title.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; NOT_FOUND; INVALID
     */
    public DiscussionEvent rename(Caller caller, RepoId name, int num, String title) {
        RepoKey repo = discussions.requireEnabled(access.require(caller, Action.PROPOSE, name));
        Discussion discussion = steered(caller, repo, num);
        return event(repo, num, rows.rename(repo, num, account(caller), discussion.title(), title(title)));
    }

    /**
     * Opens or closes a discussion.
     *
     * @param to OPEN or CLOSED
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; NOT_FOUND; INVALID if that cannot be or is so
     *     already
     */
    public DiscussionEvent change(Caller caller, RepoId name, int num, Status to, Optional<String> comment) {
        RepoKey repo = discussions.requireEnabled(access.require(caller, Action.PROPOSE, name));
        Discussion discussion = steered(caller, repo, num);
        if (to != Status.OPEN && to != Status.CLOSED) {
            throw new HubException(ErrorKind.INVALID, "Field status must be open or closed");
        }
        if (discussion.status() == to || discussion.status() == Status.MERGED) {
            throw new HubException(
                    ErrorKind.INVALID,
                    "This discussion is already " + discussion.status().text());
        }
        Optional<String> said = comment.filter(text -> !text.isBlank()).map(DiscussionService::text);
        return event(repo, num, rows.change(repo, num, account(caller), discussion.status(), to, said));
    }

    /**
     * Pins a discussion on top of the list, or lets it go.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; NOT_FOUND; INVALID if it is so already
     */
    public DiscussionEvent pin(Caller caller, RepoId name, int num, boolean pinned) {
        RepoKey repo = discussions.requireEnabled(access.require(caller, Action.WRITE, name));
        refuseSame(existing(repo, num).pinned(), pinned);
        return event(repo, num, rows.pin(repo, num, account(caller), pinned));
    }

    /**
     * Lets only those comment who may write, or everybody again.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; NOT_FOUND; INVALID if it is so already
     */
    public DiscussionEvent lock(Caller caller, RepoId name, int num, boolean locked) {
        RepoKey repo = discussions.requireEnabled(access.require(caller, Action.WRITE, name));
        refuseSame(existing(repo, num).locked(), locked);
        return event(repo, num, rows.lock(repo, num, account(caller), locked));
    }

    private static void refuseSame(boolean is, boolean wanted) {
        if (is == wanted) {
            throw new HubException(ErrorKind.INVALID, "This discussion is so already");
        }
    }

    /**
     * Changes a comment of one's own.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; NOT_FOUND; INVALID
     */
    public DiscussionEvent edit(Caller caller, RepoId name, int num, String eventId, String comment) {
        RepoKey repo = discussions.requireEnabled(access.require(caller, Action.PROPOSE, name));
        DiscussionEvent event = existingComment(repo, num, eventId);
        if (!isBy(caller, event)) {
            throw new HubException(ErrorKind.FORBIDDEN, "Only its author may edit a comment");
        }
        rows.edit(repo, num, eventId, account(caller), text(comment));
        return event(repo, num, eventId);
    }

    /**
     * Hides a comment: its author and those who may write can.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; NOT_FOUND
     */
    public DiscussionEvent hide(Caller caller, RepoId name, int num, String eventId) {
        RepoKey repo = discussions.requireEnabled(access.require(caller, Action.PROPOSE, name));
        DiscussionEvent event = existingComment(repo, num, eventId);
        if (!isBy(caller, event)) {
            access.require(caller, Action.WRITE, name);
        }
        rows.hide(repo, num, eventId);
        return event(repo, num, eventId);
    }

    private static boolean isBy(Caller caller, DiscussionEvent event) {
        return event.author().map(author -> author.id().equals(caller.userId())).orElse(false);
    }

    private DiscussionEvent existingComment(RepoKey repo, int num, String eventId) {
        existing(repo, num);
        DiscussionEvent event = discussions
                .event(repo, num, eventId)
                .filter(found -> found.happening() instanceof Comment)
                .orElseThrow(() -> new HubException(ErrorKind.NOT_FOUND, "Comment not found"));
        if (event.happening() instanceof Comment comment && comment.hidden()) {
            throw new HubException(ErrorKind.INVALID, "This comment is hidden");
        }
        return event;
    }

    private DiscussionEvent event(RepoKey repo, int num, String id) {
        return discussions.event(repo, num, id).orElseThrow(() -> notFound(num));
    }

    private Discussion existing(RepoKey repo, int num) {
        return discussions.find(repo, num).orElseThrow(() -> notFound(num));
    }

    static HubException notFound(int num) {
        return new HubException(ErrorKind.NOT_FOUND, "Discussion " + num + " not found");
    }

    /** The discussion, if the caller opened it or may write. */
    private Discussion steered(Caller caller, RepoKey repo, int num) {
        Discussion discussion = existing(repo, num);
        boolean own = discussion
                .author()
                .map(author -> author.id().equals(caller.userId()))
                .orElse(false);
        if (!own) {
            access.require(caller, Action.WRITE, repo.name());
        }
        return discussion;
    }

    static String account(Caller caller) {
        if (caller.isAnonymous()) { // the site administrator's token alone
            throw new HubException(ErrorKind.UNAUTHENTICATED, "A discussion needs an account to speak for");
        }
        return caller.userId();
    }

    static String title(String title) {
        String text = title.strip();
        if (text.length() < SHORTEST_TITLE
                || text.length() > LONGEST_TITLE
                || text.chars().anyMatch(c -> c < ' ')) {
            throw new HubException(
                    ErrorKind.INVALID,
                    "The title must have " + SHORTEST_TITLE + " to " + LONGEST_TITLE + " characters on one line");
        }
        return text;
    }

    /** A comment as it is kept. */
    static String text(String comment) {
        String text = comment.strip();
        if (text.isEmpty() || text.length() > LONGEST_COMMENT || text.indexOf('\0') >= 0) {
            throw new HubException(ErrorKind.INVALID, "A comment must have 1 to " + LONGEST_COMMENT + " characters");
        }
        return text;
    }
}
