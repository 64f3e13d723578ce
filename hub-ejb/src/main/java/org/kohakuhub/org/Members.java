package org.kohakuhub.org;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.Role;
import org.kohakuhub.account.AccountRecord;
import org.kohakuhub.account.Accounts;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/**
 * Changes who is in an organization, and in which role. Admins manage all but super-admins; only super-admins make and
 * remove those, and the last one stays.
 */
@Stateless
public class Members {
    private final Organizations organizations;
    private final Accounts accounts;
    private final AccessPolicy access;
    private final Clock clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy. */
    protected Members() {
        this(null, null, null, null);
    }

    @Inject
    public Members(Organizations organizations, Accounts accounts, AccessPolicy access, Clock clock) {
        this.organizations = organizations;
        this.accounts = accounts;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Takes a user in.
     *
     * @throws HubException CONFLICT if he is in already; NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public void add(Caller caller, String organization, String username, Role role) {
        AccountRecord org = administered(caller, organization);
        requireRightOver(caller, org, role);
        String user = accounts.require(username, false).id();
        accounts.lock(org.id());
        if (membership(org, user).isPresent()) {
            throw new HubException(ErrorKind.CONFLICT, Text.shown(username) + " is already a member");
        }
        em.persist(new Membership(org.id(), user, role, clock.millis()));
    }

    /**
     * Gives a member another role.
     *
     * @throws HubException CONFLICT for the last super-admin; NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public void change(Caller caller, String organization, String username, Role role) {
        AccountRecord org = administered(caller, organization);
        requireRightOver(caller, org, role);
        Membership membership = changeable(caller, org, username);
        if (role != Role.SUPER_ADMIN) {
            refuseLastSuperAdmin(org, membership);
        }
        membership.role = role.text();
    }

    /**
     * Puts a member out.
     *
     * @throws HubException CONFLICT for the last super-admin; NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public void remove(Caller caller, String organization, String username) {
        AccountRecord org = administered(caller, organization);
        Membership membership = changeable(caller, org, username);
        refuseLastSuperAdmin(org, membership);
        em.remove(membership);
    }

    private AccountRecord administered(Caller caller, String organization) {
        AccountRecord org = organizations.find(organization);
        access.requireNamespace(caller, Action.MANAGE_ORGANIZATION, org.name());
        return org;
    }

    private Membership changeable(Caller caller, AccountRecord org, String username) {
        String user = accounts.require(username, false).id();
        accounts.lock(org.id());
        Membership membership = membership(org, user)
                .orElseThrow(() -> new HubException(ErrorKind.NOT_FOUND, Text.shown(username) + " is not a member"));
        requireRightOver(caller, org, Role.parse(membership.role).orElseThrow());
        return membership;
    }

    private void requireRightOver(Caller caller, AccountRecord org, Role role) {
        if (role == Role.SUPER_ADMIN) {
            access.requireNamespace(caller, Action.OWN_ORGANIZATION, org.name());
        }
    }

    private Optional<Membership> membership(AccountRecord org, String user) {
        return Optional.ofNullable(em.find(Membership.class, new Membership.Key(org.id(), user)));
    }

    private void refuseLastSuperAdmin(AccountRecord org, Membership leaving) {
        if (!leaving.role.equals(Role.SUPER_ADMIN.text())) {
            return;
        }
        Long superAdmins = em.createQuery(
                        "select count(m) from Membership m where m.orgId = :org and m.role = :role", Long.class)
                .setParameter("org", org.id())
                .setParameter("role", Role.SUPER_ADMIN.text())
                .getSingleResult();
        if (superAdmins <= 1) {
            throw new HubException(ErrorKind.CONFLICT, "An organization needs a super-admin: this is the last one");
        }
    }
}
