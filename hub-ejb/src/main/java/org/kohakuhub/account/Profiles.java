package org.kohakuhub.account;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** What users and organizations tell of themselves. */
@Stateless
public class Profiles {
    private final Accounts accounts;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy. */
    protected Profiles() {
        this(null);
    }

    @Inject
    public Profiles(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * The profile of this name, whatever its letter case.
     *
     * @throws HubException NOT_FOUND if there is none of this kind
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Profile find(String name, boolean organization) {
        return Profile.of(row(name, organization));
    }

    /**
     * Changes a user's own profile.
     *
     * @throws HubException NOT_FOUND, UNAUTHENTICATED; FORBIDDEN for others and for a read-only token; CONFLICT if the
     *     e-mail address is taken
     */
    public void change(Caller caller, String name, ProfileChange change) {
        Account user = row(name, false);
        requireOwn(caller, user.id);
        apply(user, change);
    }

    /**
     * Changes an organization's profile. For {@code org}, which knows who may.
     *
     * @throws HubException NOT_FOUND
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void changeOrganization(String name, ProfileChange change) {
        apply(row(name, true), change);
    }

    /**
     * Lets pass the user himself and the site administrator.
     *
     * @throws HubException UNAUTHENTICATED, FORBIDDEN
     */
    static void requireOwn(Caller caller, String userId) {
        if (caller.siteAdmin()) {
            return;
        }
        if (caller.isAnonymous()) {
            throw new HubException(ErrorKind.UNAUTHENTICATED, "Authentication required");
        }
        if (!caller.userId().equals(userId) || !caller.mayWrite()) {
            throw new HubException(ErrorKind.FORBIDDEN, "Only the user himself may change this");
        }
    }

    private void apply(Account account, ProfileChange change) {
        boolean user = account.kind.equals(Account.USER);
        set(change.fullName(), value -> account.fullName = value);
        set(change.bio(), value -> account.bio = value);
        set(change.description(), value -> account.description = value);
        set(change.website(), value -> account.website = value);
        set(change.socialMedia(), value -> account.socialMedia = value);
        if (user) {
            change.email()
                    .filter(email -> !email.equals(account.email))
                    .ifPresent(email -> changeEmail(account, email));
        }
    }

    private static void set(Optional<String> change, Consumer<String> field) {
        change.ifPresent(text -> field.accept(text.isEmpty() ? null : text));
    }

    private void changeEmail(Account account, String email) {
        account.email = email;
        account.emailKey = email.toLowerCase(Locale.ROOT);
        account.emailVerified = false;
        try {
            em.flush();
        } catch (PersistenceException e) {
            if (Conflicts.isUniqueKey(e)) {
                throw new HubException(ErrorKind.CONFLICT, "There is an account with this e-mail address");
            }
            throw e;
        }
    }

    private Account row(String name, boolean organization) {
        return em.find(Account.class, accounts.require(name, organization).id());
    }
}
