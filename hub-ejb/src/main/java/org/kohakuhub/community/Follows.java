package org.kohakuhub.community;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.InstantSource;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.account.AccountRecord;
import org.kohakuhub.account.Accounts;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** Who follows whom. Users follow users and organizations; everybody may see it. */
@Stateless
public class Follows {
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
        AccountRecord followed = accounts.require(name, organization);
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
                .setParameter(2, accounts.require(name, organization).id())
                .executeUpdate();
    }

    /**
     * Who follows a user or an organization, first the first.
     *
     * @throws HubException NOT_FOUND
     */
    public Slice<Person> followers(String name, boolean organization, Optional<String> cursor, int limit) {
        return PeopleList.FOLLOWERS.page(
                em, accounts.require(name, organization).id(), cursor, limit);
    }

    /**
     * Whom a user follows, first the first.
     *
     * @throws HubException NOT_FOUND
     */
    public Slice<Person> following(String name, Optional<String> cursor, int limit) {
        return PeopleList.FOLLOWED.page(em, accounts.require(name, false).id(), cursor, limit);
    }

    /**
     * Who is in an organization, first the first.
     *
     * @throws HubException NOT_FOUND
     */
    public Slice<Person> members(String organization, Optional<String> cursor, int limit) {
        return PeopleList.MEMBERS.page(em, accounts.require(organization, true).id(), cursor, limit);
    }
}
