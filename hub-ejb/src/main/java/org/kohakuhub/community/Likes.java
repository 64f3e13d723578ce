package org.kohakuhub.community;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.access.Visibility;
import org.kohakuhub.account.Accounts;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;

/**
 * Who likes what. The number of a repository's likes is a column that changes with the row, in one transaction and only
 * if there was a row to add or remove: however many do it at once, the two agree.
 */
@Stateless
public class Likes {
    private final AccessPolicy access;
    private final Accounts accounts;
    private final InstantSource clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    @SuppressWarnings("NullAway")
    protected Likes() { // the container's proxy only
        this(null, null, null);
    }

    @Inject
    public Likes(AccessPolicy access, Accounts accounts, InstantSource clock) {
        this.access = access;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** A repository that somebody likes. */
    public record Liked(String repoId, RepoId repo, Instant at) {
        PageCursor position() {
            return new PageCursor(at.toEpochMilli(), repoId);
        }
    }

    /**
     * Likes a repository; to do so again changes nothing.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN for a read-only token
     */
    public void like(Caller caller, RepoId name) {
        RepoKey repo = access.require(caller, Action.READ, name);
        access.requireAccount(caller);
        int added = em.createNativeQuery("""
                        insert into repo_like (repo_id, user_id, created_at) values (?1, ?2, ?3)
                        on conflict (repo_id, user_id) do nothing""")
                .setParameter(1, repo.id())
                .setParameter(2, caller.userId())
                .setParameter(3, clock.millis())
                .executeUpdate();
        count(repo, added);
    }

    /**
     * Likes a repository no longer; who did not is no error.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN for a read-only token
     */
    public void unlike(Caller caller, RepoId name) {
        RepoKey repo = access.require(caller, Action.READ, name);
        access.requireAccount(caller);
        int removed = em.createNativeQuery("delete from repo_like where repo_id = ?1 and user_id = ?2")
                .setParameter(1, repo.id())
                .setParameter(2, caller.userId())
                .executeUpdate();
        count(repo, -removed);
    }

    private void count(RepoKey repo, int change) {
        if (change != 0) {
            em.createNativeQuery("update repository set likes = likes + ?1 where id = ?2")
                    .setParameter(1, change)
                    .setParameter(2, repo.id())
                    .executeUpdate();
        }
    }

    /**
     * Who likes a repository, first the first.
     *
     * @throws HubException REPO_NOT_FOUND
     */
    public Slice<Person> likers(Caller caller, RepoId name, Optional<String> cursor, int limit) {
        RepoKey repo = access.require(caller, Action.READ, name);
        return PeopleList.LIKERS.page(em, repo.id(), cursor, limit);
    }

    /**
     * What a user likes, newest first; of private repositories those that the caller may see.
     *
     * @throws HubException NOT_FOUND if there is no such user
     */
    public Slice<Liked> of(Caller caller, String user, Optional<String> cursor, int limit) {
        String userId = accounts.require(user, false).id();
        Visibility visibility = access.visibility(caller);
        PageCursor after = PageCursor.newest(cursor);
        List<?> rows = em.createNativeQuery("""
                        select r.id, r.type, r.namespace, r.name, l.created_at
                        from repo_like l join repository r on r.id = l.repo_id
                        where l.user_id = ?1 and (l.created_at < ?2 or (l.created_at = ?2 and l.repo_id < ?3))
                          and (not r.is_private or ?4 = 1 or r.owner_id in (?5))
                        order by l.created_at desc, l.repo_id desc limit ?6""")
                .setParameter(1, userId)
                .setParameter(2, after.at())
                .setParameter(3, after.id())
                .setParameter(4, visibility.everything() ? 1 : 0)
                .setParameter(5, visibility.ownerIds().isEmpty() ? Set.of("") : visibility.ownerIds())
                .setParameter(6, limit + 1)
                .getResultList();
        return PageCursor.slice(rows.stream().map(row -> liked((Object[]) row)).toList(), limit, Liked::position);
    }

    private static Liked liked(Object[] row) {
        RepoId repo = new RepoId(RepoType.parse((String) row[1]), (String) row[2], (String) row[3]);
        return new Liked((String) row[0], repo, Instant.ofEpochMilli(((Number) row[4]).longValue()));
    }
}
