package org.kohakuhub.discussion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.database.Columns;
import org.kohakuhub.discussion.Discussion.Person;
import org.kohakuhub.discussion.Discussion.Pull;
import org.kohakuhub.discussion.DiscussionEvent.Arrival;
import org.kohakuhub.discussion.DiscussionEvent.Comment;
import org.kohakuhub.discussion.DiscussionEvent.Edit;
import org.kohakuhub.discussion.DiscussionEvent.Happening;
import org.kohakuhub.discussion.DiscussionEvent.LockChange;
import org.kohakuhub.discussion.DiscussionEvent.PinChange;
import org.kohakuhub.discussion.DiscussionEvent.StatusChange;
import org.kohakuhub.discussion.DiscussionEvent.TitleChange;
import org.kohakuhub.discussion.DiscussionService.Filter;

/** Reads the rows of discussions. Runs in the caller's transaction, or in none. */
@ApplicationScoped
public class Discussions {
    private static final String SELECT = "select d.num, d.title, d.status, d.author_id, a.name, a.full_name,"
            + " d.created_at, d.pinned, d.locked, d.base, d.start_commit, d.merge_commit,"
            + " (select count(*) from discussion_event e"
            + " where e.repo_id = d.repo_id and e.num = d.num and e.kind = 'comment')"
            + " from discussion d left join account a on a.id = d.author_id";

    private static final String EVENTS = "select e.id, e.author_id, a.name, a.full_name, e.created_at, e.kind,"
            + " e.content, e.earlier, e.hidden, e.edited_at, e.edited_by, b.name, b.full_name from discussion_event e"
            + " left join account a on a.id = e.author_id left join account b on b.id = e.edited_by"
            + " where e.repo_id = ?1 and e.num = ?2";

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** One that its readers may know of. */
    public Optional<Discussion> find(RepoKey repo, int num) {
        return list(em.createNativeQuery(SELECT + " where d.repo_id = ?1 and d.num = ?2 and d.status <> 'preparing'")
                        .setParameter(1, repo.id())
                        .setParameter(2, num))
                .stream()
                .findFirst();
    }

    /** A page of them: pinned ones first, then the newest. */
    List<Discussion> page(RepoKey repo, Filter filter, int offset, int limit) {
        return list(filtered(SELECT, repo, filter, " order by d.pinned desc, d.num desc")
                .setFirstResult(offset)
                .setMaxResults(limit));
    }

    long count(RepoKey repo, Filter filter) {
        String select = "select count(*) from discussion d left join account a on a.id = d.author_id";
        return ((Number) filtered(select, repo, filter, "").getSingleResult()).longValue();
    }

    private Query filtered(String select, RepoKey repo, Filter filter, String order) {
        StringBuilder sql = new StringBuilder(select).append(" where d.repo_id = ?1 and d.status <> 'preparing'");
        filter.pulls().ifPresent(pulls -> sql.append(pulls ? " and d.base is not null" : " and d.base is null"));
        filter.live()
                .ifPresent(live -> sql.append(
                        live ? " and d.status in ('draft', 'open')" : " and d.status in ('closed', 'merged')"));
        filter.author().ifPresent(author -> sql.append(" and a.name = ?2"));
        Query query = em.createNativeQuery(sql.append(order).toString()).setParameter(1, repo.id());
        filter.author().ifPresent(author -> query.setParameter(2, author));
        return query;
    }

    /**
     * Gives the same repository, where the owner has not switched discussions off.
     *
     * @throws HubException FORBIDDEN
     */
    RepoKey requireEnabled(RepoKey repo) {
        boolean enabled = em.createNativeQuery(
                        "select 1 from repository r where r.id = ?1 and r.discussions_disabled = true")
                .setParameter(1, repo.id())
                .getResultList()
                .isEmpty();
        if (!enabled) {
            throw new HubException(ErrorKind.FORBIDDEN, "Discussions are disabled for this repo");
        }
        return repo;
    }

    /** Whether somebody has a pull request that is not over. */
    boolean hasLivePull(RepoKey repo, String authorId) {
        return !em.createNativeQuery("select 1 from discussion d where d.repo_id = ?1 and d.author_id = ?2"
                        + " and d.base is not null and d.status in ('draft', 'open') limit 1")
                .setParameter(1, repo.id())
                .setParameter(2, authorId)
                .getResultList()
                .isEmpty();
    }

    private static List<Discussion> list(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(row -> discussion((Object[]) row)).toList();
    }

    private static Discussion discussion(Object[] row) {
        Optional<Pull> pull = row[9] == null
                ? Optional.empty()
                : Optional.of(new Pull(
                        (String) row[9],
                        new GitOid((String) row[10]),
                        Optional.ofNullable((String) row[11]).map(GitOid::new)));
        return new Discussion(
                ((Number) row[0]).intValue(),
                (String) row[1],
                Status.of((String) row[2]),
                person(row, 3),
                time(row[6]),
                Columns.truth(row[7]),
                Columns.truth(row[8]),
                ((Number) row[12]).intValue(),
                pull);
    }

    /** What happened, from the beginning. */
    List<DiscussionEvent> events(RepoKey repo, int num, int limit) {
        Map<String, List<Edit>> edits = edits(repo, num);
        List<?> rows = em.createNativeQuery(EVENTS + " order by e.seq")
                .setParameter(1, repo.id())
                .setParameter(2, num)
                .setMaxResults(limit)
                .getResultList();
        return rows.stream().map(row -> event((Object[]) row, edits)).toList();
    }

    /** One event. */
    public Optional<DiscussionEvent> event(RepoKey repo, int num, String id) {
        List<?> rows = em.createNativeQuery(EVENTS + " and e.id = ?3")
                .setParameter(1, repo.id())
                .setParameter(2, num)
                .setParameter(3, id)
                .getResultList();
        Map<String, List<Edit>> edits = rows.isEmpty() ? Map.of() : edits(repo, num);
        return rows.stream().map(row -> event((Object[]) row, edits)).findFirst();
    }

    private Map<String, List<Edit>> edits(RepoKey repo, int num) {
        List<?> rows = em.createNativeQuery(
                        "select d.event_id, d.content, d.author_id, a.name, a.full_name, d.written_at"
                                + " from discussion_event e join discussion_edit d on d.event_id = e.id"
                                + " left join account a on a.id = d.author_id"
                                + " where e.repo_id = ?1 and e.num = ?2 and not e.hidden order by d.written_at, d.id")
                .setParameter(1, repo.id())
                .setParameter(2, num)
                .getResultList();
        Map<String, List<Edit>> edits = new HashMap<>();
        for (Object found : rows) {
            Object[] row = (Object[]) found;
            edits.computeIfAbsent((String) row[0], id -> new ArrayList<>())
                    .add(new Edit((String) row[1], person(row, 2), time(row[5])));
        }
        return edits;
    }

    private static DiscussionEvent event(Object[] row, Map<String, List<Edit>> edits) {
        String id = (String) row[0];
        return new DiscussionEvent(id, person(row, 1), time(row[4]), happening(row, edits.getOrDefault(id, List.of())));
    }

    private static Happening happening(Object[] row, List<Edit> edits) {
        String content = (String) row[6];
        String before = (String) row[7];
        return switch ((String) row[5]) {
            case "comment" -> {
                boolean hidden = Columns.truth(row[8]);
                Optional<Edit> last = row[9] == null
                        ? Optional.empty()
                        : Optional.of(new Edit(content, person(row, 10), time(row[9])));
                yield hidden
                        ? new Comment("", true, Optional.empty(), List.of())
                        : new Comment(content, false, last, edits);
            }
            case "status-change" -> new StatusChange(Status.of(content));
            case "title-change" -> new TitleChange(before, content);
            case "commit" -> new Arrival(new GitOid(before), new GitOid(content));
            case "pinning-change" -> new PinChange(Boolean.parseBoolean(content));
            case "locking-change" -> new LockChange(Boolean.parseBoolean(content));
            default -> throw new IllegalStateException("unknown kind of event: " + row[5]);
        };
    }

    private static Optional<Person> person(Object[] row, int first) {
        return row[first] == null || row[first + 1] == null
                ? Optional.empty()
                : Optional.of(new Person(
                        (String) row[first], (String) row[first + 1], Optional.ofNullable((String) row[first + 2])));
    }

    private static Instant time(Object millis) {
        return Instant.ofEpochMilli(((Number) millis).longValue());
    }
}
