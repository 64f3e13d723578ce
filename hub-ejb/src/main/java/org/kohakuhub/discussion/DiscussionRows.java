package org.kohakuhub.discussion;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.InstantSource;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Ids;
import org.kohakuhub.version.RefsMoved;

/** Writes the rows of discussions, each call in one short transaction. */
@Stateless
public class DiscussionRows {
    private final InstantSource clock;
    private final Event<DiscussionChanged> changed;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy only. */
    protected DiscussionRows() {
        this(null, null);
    }

    @Inject
    public DiscussionRows(InstantSource clock, Event<DiscussionChanged> changed) {
        this.clock = clock;
        this.changed = changed;
    }

    /** A discussion that is to be opened. */
    public record Opening(String title, String authorId, String comment) {}

    /** Opens a discussion and gives its number. */
    public int open(RepoKey repo, Opening opening) {
        int num = insert(repo, opening, "open", "", "", "");
        tell(repo, num, true, Optional.empty());
        return num;
    }

    /**
     * Makes a pull request that nobody sees until its ref is there.
     *
     * @param base the whole name of the branch that it is for
     * @param start the commit that it begins at
     * @param as DRAFT or OPEN
     */
    public int prepare(RepoKey repo, Opening opening, String base, GitOid start, Status as) {
        return insert(repo, opening, "preparing", as.text(), base, start.hex());
    }

    private int insert(RepoKey repo, Opening opening, String status, String opensAs, String base, String start) {
        int num = nextNumber(repo);
        query(
                        "insert into discussion (repo_id, num, title, status, opens_as, base, start_commit, author_id,"
                                + " created_at, updated_at) values (?1, ?2, ?3, ?4, nullif(?5, ''), nullif(?6, ''), nullif(?7, ''), ?8, ?9, ?9)",
                        repo,
                        num)
                .setParameter(3, opening.title())
                .setParameter(4, status)
                .setParameter(5, opensAs)
                .setParameter(6, base)
                .setParameter(7, start)
                .setParameter(8, opening.authorId())
                .setParameter(9, clock.millis())
                .executeUpdate();
        event(repo, num, opening.authorId(), "comment", opening.comment(), "");
        return num;
    }

    /** The update holds the repository's row, so that the next one waits for its number. */
    private int nextNumber(RepoKey repo) {
        int counted = em.createNativeQuery(
                        "update repository set discussion_count = discussion_count + 1 where id = ?1")
                .setParameter(1, repo.id())
                .executeUpdate();
        if (counted == 0) {
            throw new HubException(ErrorKind.REPO_NOT_FOUND, "Repository not found");
        }
        Object count = em.createNativeQuery("select discussion_count from repository where id = ?1")
                .setParameter(1, repo.id())
                .getSingleResult();
        return ((Number) count).intValue();
    }

    /** Adds a comment and gives its id. */
    public String comment(RepoKey repo, int num, String authorId, String text) {
        String id = event(repo, num, authorId, "comment", text, "");
        tell(repo, num, true, Optional.of(id));
        return id;
    }

    /** Gives it another title; the event's id. */
    public String rename(RepoKey repo, int num, String actorId, String from, String to) {
        set(repo, num, "title = ?3", "title = ?4", to, from);
        return told(repo, num, event(repo, num, actorId, "title-change", to, from));
    }

    /**
     * Moves it from one status to the next, with a comment before the change if there is one; the event's id.
     *
     * @throws HubException CONFLICT if somebody else was faster
     */
    public String change(RepoKey repo, int num, String actorId, Status from, Status to, Optional<String> comment) {
        set(repo, num, "status = ?3", "status = ?4", to.text(), from.text());
        comment.ifPresent(text -> comment(repo, num, actorId, text));
        return told(repo, num, event(repo, num, actorId, "status-change", to.text(), ""));
    }

    /** The same for a pull request whose changes are in its base now. */
    public String merged(RepoKey repo, int num, String actorId, GitOid commit, Optional<String> comment) {
        query("update discussion set merge_commit = ?3 where repo_id = ?1 and num = ?2", repo, num)
                .setParameter(3, commit.hex())
                .executeUpdate();
        return change(repo, num, actorId, Status.OPEN, Status.MERGED, comment);
    }

    /** Pins it or lets it go; the event's id. */
    public String pin(RepoKey repo, int num, String actorId, boolean pinned) {
        set(repo, num, "pinned = ?3", "pinned = ?4", pinned, !pinned);
        return told(repo, num, event(repo, num, actorId, "pinning-change", String.valueOf(pinned), ""));
    }

    /** Locks it or lets everybody comment again; the event's id. */
    public String lock(RepoKey repo, int num, String actorId, boolean locked) {
        set(repo, num, "locked = ?3", "locked = ?4", locked, !locked);
        return told(repo, num, event(repo, num, actorId, "locking-change", String.valueOf(locked), ""));
    }

    private void set(RepoKey repo, int num, String change, String before, Object to, Object from) {
        int changed = query(
                        "update discussion set " + change + ", updated_at = ?5 where repo_id = ?1 and num = ?2 and "
                                + before,
                        repo,
                        num)
                .setParameter(3, to)
                .setParameter(4, from)
                .setParameter(5, clock.millis())
                .executeUpdate();
        if (changed == 0) {
            throw new HubException(ErrorKind.CONFLICT, "Somebody else has just changed this discussion");
        }
    }

    /** Puts another text in a comment's place; the old one is kept. */
    public void edit(RepoKey repo, int num, String eventId, String editorId, String text) {
        query(
                        "insert into discussion_edit (id, event_id, content, author_id, written_at)"
                                + " select ?3, e.id, e.content, coalesce(e.edited_by, e.author_id),"
                                + " coalesce(e.edited_at, e.created_at) from discussion_event e"
                                + " where e.repo_id = ?1 and e.num = ?2 and e.id = ?4",
                        repo,
                        num)
                .setParameter(3, Ids.next(clock))
                .setParameter(4, eventId)
                .executeUpdate();
        query(
                        "update discussion_event set content = ?3, edited_at = ?4, edited_by = ?5"
                                + " where repo_id = ?1 and num = ?2 and id = ?6",
                        repo,
                        num)
                .setParameter(3, text)
                .setParameter(4, clock.millis())
                .setParameter(5, editorId)
                .setParameter(6, eventId)
                .executeUpdate();
        tell(repo, num, false, Optional.of(eventId));
    }

    /** Hides a comment for good: its text is not told any more. */
    public void hide(RepoKey repo, int num, String eventId) {
        query("update discussion_event set hidden = true where repo_id = ?1 and num = ?2 and id = ?3", repo, num)
                .setParameter(3, eventId)
                .executeUpdate();
        tell(repo, num, false, Optional.of(eventId));
    }

    private String told(RepoKey repo, int num, String eventId) {
        tell(repo, num, false, Optional.empty());
        return eventId;
    }

    private void tell(RepoKey repo, int num, boolean created, Optional<String> comment) {
        changed.fire(new DiscussionChanged(repo, num, created, comment));
    }

    /** Joins the transaction that moves refs: a pull request opens with its ref, and its commits become events. */
    public void pushed(@Observes RefsMoved moved) {
        for (RefsMoved.Move move : moved.moves()) {
            PullRef.number(move.ref())
                    .ifPresent(num -> move.to().ifPresent(to -> arrived(moved.repo(), num, moved.actor(), move, to)));
        }
    }

    private void arrived(RepoKey repo, int num, String actor, RefsMoved.Move move, GitOid to) {
        if (move.from().isEmpty()) {
            query(
                            "update discussion set status = opens_as"
                                    + " where repo_id = ?1 and num = ?2 and status = 'preparing'",
                            repo,
                            num)
                    .executeUpdate();
            tell(repo, num, true, Optional.empty());
        }
        count(repo, num);
        query(
                        "insert into discussion_event (id, repo_id, num, seq, kind, author_id, created_at, content,"
                                + " earlier) select ?3, d.repo_id, d.num, d.event_count, 'commit', (select a.id from account a where a.name = ?4),"
                                + " ?5, ?6, coalesce(nullif(?7, ''), d.start_commit) from discussion d"
                                + " where d.repo_id = ?1 and d.num = ?2 and coalesce(nullif(?7, ''), d.start_commit) <> ?6",
                        repo,
                        num)
                .setParameter(3, Ids.next(clock))
                .setParameter(4, actor)
                .setParameter(5, clock.millis())
                .setParameter(6, to.hex())
                .setParameter(7, move.from().map(GitOid::hex).orElse(""))
                .executeUpdate();
    }

    /** Holds the discussion's row until the transaction ends, so that the next event waits for its number. */
    private void count(RepoKey repo, int num) {
        query(
                        "update discussion set updated_at = ?3, event_count = event_count + 1"
                                + " where repo_id = ?1 and num = ?2",
                        repo,
                        num)
                .setParameter(3, clock.millis())
                .executeUpdate();
    }

    private String event(RepoKey repo, int num, String authorId, String kind, String content, String earlier) {
        String id = Ids.next(clock);
        count(repo, num);
        query(
                        "insert into discussion_event (id, repo_id, num, seq, kind, author_id, created_at, content,"
                                + " earlier) select ?3, d.repo_id, d.num, d.event_count, ?4, ?5, ?6, ?7, nullif(?8, '')"
                                + " from discussion d where d.repo_id = ?1 and d.num = ?2",
                        repo,
                        num)
                .setParameter(3, id)
                .setParameter(4, kind)
                .setParameter(5, authorId)
                .setParameter(6, clock.millis())
                .setParameter(7, content)
                .setParameter(8, earlier)
                .executeUpdate();
        return id;
    }

    private Query query(String sql, RepoKey repo, int num) {
        return em.createNativeQuery(sql).setParameter(1, repo.id()).setParameter(2, num);
    }
}
