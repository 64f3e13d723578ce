package org.kohakuhub.community;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.account.AccountRecord;
import org.kohakuhub.account.Accounts;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/** Who follows whom. Users follow users and organizations; everybody may see it. */
@Stateless
public class Follows {
    private static final String PEOPLE = "select a.id, a.name, a.full_name, a.kind, f.created_at from follow f ";
    private static final String PAGE =
            " and (f.created_at > ?2 or (f.created_at = ?2 and a.id > ?3)) order by f.created_at, a.id limit ?4";

    private final AccessPolicy access;
    private final Accounts accounts;
    private final InstantSource clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    @SuppressWarnings("NullAway")
    protected Follows() { // the container's proxy only
        this(null, null, null);
    }

    @Inject
    public Follows(AccessPolicy access, Accounts accounts, InstantSource clock) {
        this.access = access;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * Follows a user or an organization; to do so again changes nothing.
     *
     * @throws HubException NOT_FOUND, UNAUTHENTICATED, FORBIDDEN for a read-only token; INVALID for oneself
     */
    public void follow(Caller caller, String name, boolean organization) {
        access.requireAccount(caller);
        AccountRecord followed = account(name, organization);
        if (followed.id().equals(caller.userId())) {
            throw new HubException(ErrorKind.INVALID, "Nobody follows himself");
        }
        em.createNativeQuery("""
                        insert into follow (follower_id, followed_id, created_at) values (?1, ?2, ?3)
                        on conflict (follower_id, followed_id) do nothing""")
                .setParameter(1, caller.userId())
                .setParameter(2, followed.id())
                .setParameter(3, clock.millis())
                .executeUpdate();
    }

    /**
     * Follows no longer; who did not is no error.
     *
     * @throws HubException NOT_FOUND, UNAUTHENTICATED, FORBIDDEN for a read-only token
     */
    public void unfollow(Caller caller, String name, boolean organization) {
        access.requireAccount(caller);
        em.createNativeQuery("delete from follow where follower_id = ?1 and followed_id = ?2")
                .setParameter(1, caller.userId())
                .setParameter(2, account(name, organization).id())
                .executeUpdate();
    }

    /**
     * Who follows a user or an organization, first the first.
     *
     * @throws HubException NOT_FOUND
     */
    public Slice<Person> followers(String name, boolean organization, Optional<String> cursor, int limit) {
        String sql = PEOPLE + "join account a on a.id = f.follower_id where f.followed_id = ?1" + PAGE;
        return page(sql, account(name, organization).id(), cursor, limit);
    }

    /**
     * Whom a user follows, first the first.
     *
     * @throws HubException NOT_FOUND
     */
    public Slice<Person> following(String name, Optional<String> cursor, int limit) {
        String sql = PEOPLE + "join account a on a.id = f.followed_id where f.follower_id = ?1" + PAGE;
        return page(sql, account(name, false).id(), cursor, limit);
    }

    /**
     * Who is in an organization, first the first.
     *
     * @throws HubException NOT_FOUND
     */
    public Slice<Person> members(String organization, Optional<String> cursor, int limit) {
        String sql = """
                select a.id, a.name, a.full_name, a.kind, f.created_at from membership f
                join account a on a.id = f.user_id where f.org_id = ?1""" + PAGE;
        return page(sql, account(organization, true).id(), cursor, limit);
    }

    private Slice<Person> page(String sql, String id, Optional<String> cursor, int limit) {
        PageCursor after = PageCursor.first(cursor);
        List<?> rows = em.createNativeQuery(sql)
                .setParameter(1, id)
                .setParameter(2, after.at())
                .setParameter(3, after.id())
                .setParameter(4, limit + 1)
                .getResultList();
        return PageCursor.slice(
                rows.stream().map(row -> Person.of((Object[]) row)).toList(), limit, Person::position);
    }

    private AccountRecord account(String name, boolean organization) {
        return accounts.find(name)
                .filter(account -> account.isOrganization() == organization)
                .orElseThrow(() -> new HubException(
                        ErrorKind.NOT_FOUND,
                        "There is no " + (organization ? "organization" : "user") + " named " + Text.shown(name)));
    }
}
