package org.kohakuhub.account;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Ids;
import org.kohakuhub.common.Text;
import org.kohakuhub.config.AccountConfig;

/** Users, and the names of organizations: both are namespaces and share one space of names. */
@Stateless
public class Accounts {
    private final AccountConfig config;
    private final Clock clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy. */
    protected Accounts() {
        this(null, null);
    }

    @Inject
    public Accounts(AccountConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Makes a user.
     *
     * @throws HubException FORBIDDEN where people come by invitation only; CONFLICT if the name, one that looks like
     *     it, or the e-mail address is taken
     */
    public UserRecord register(Registration registration) {
        if (config.invitationOnly()) {
            throw new HubException(ErrorKind.FORBIDDEN, "Registration is by invitation only");
        }
        String hash = Passwords.hash(registration.password()); // slow, and still before the first statement
        Account user = newAccount(Account.USER, new AccountName(registration.username()));
        refuseTakenEmail(registration.emailKey());
        user.email = registration.email();
        user.emailKey = registration.emailKey();
        user.emailVerified = false;
        user.passwordHash = hash;
        insert(user);
        return UserRecord.of(user);
    }

    /**
     * Makes an organization, without members. For {@code org}, inside its transaction.
     *
     * @throws HubException INVALID, CONFLICT as for users; INVALID for a description that is too long
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public AccountRecord createOrganization(String name, Optional<String> description) {
        Account organization = newAccount(Account.ORGANIZATION, new AccountName(name));
        organization.description = description
                .map(text -> Text.storable("description", text, ProfileChange.LONGEST_TEXT))
                .orElse(null);
        insert(organization);
        return AccountRecord.of(organization);
    }

    private Account newAccount(String kind, AccountName name) {
        taken(name).ifPresent(other -> {
            throw new HubException(
                    ErrorKind.CONFLICT,
                    other.equals(name.text())
                            ? "The name " + other + " is taken"
                            : "The name " + name + " is too much like " + other + ", which is taken");
        });
        return new Account(Ids.next(clock), kind, name.text(), clock.millis());
    }

    private void refuseTakenEmail(String key) {
        Long users = em.createQuery("select count(a) from Account a where a.emailKey = :key", Long.class)
                .setParameter("key", key)
                .getSingleResult();
        if (users > 0) {
            throw new HubException(ErrorKind.CONFLICT, "There is an account with this e-mail address");
        }
    }

    /** The unique keys have the last word: two who ask at the same time both find the name free. */
    private void insert(Account account) {
        try {
            em.persist(account);
            em.flush();
        } catch (PersistenceException e) {
            if (Conflicts.isUniqueKey(e)) {
                throw new HubException(ErrorKind.CONFLICT, "The name or the e-mail address was just taken");
            }
            throw e;
        }
    }

    /** The user or organization of this name, whatever its letter case. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<AccountRecord> find(String name) {
        return em
                .createQuery("select a from Account a where a.normalizedName = :name", Account.class)
                .setParameter("name", Text.normalizedName(name))
                .getResultList()
                .stream()
                .filter(account -> account.name.equalsIgnoreCase(name))
                .map(AccountRecord::of)
                .findFirst();
    }

    /**
     * The user, or the organization, of this name, whatever its letter case.
     *
     * @throws HubException NOT_FOUND, also where the name is of the other kind
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public AccountRecord require(String name, boolean organization) {
        return find(name)
                .filter(account -> account.isOrganization() == organization)
                .orElseThrow(() -> new HubException(
                        ErrorKind.NOT_FOUND,
                        "There is no " + (organization ? "organization" : "user") + " named " + Text.shown(name)));
    }

    /**
     * The account that has this name, or one that looks like it, if there is one.
     *
     * @throws HubException INVALID if no account may have the name
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Optional<String> conflict(String name) {
        return taken(new AccountName(name));
    }

    private Optional<String> taken(AccountName name) {
        return em
                .createQuery("select a.name from Account a where a.normalizedName = :name", String.class)
                .setParameter("name", name.normalizedText())
                .getResultList()
                .stream()
                .findFirst();
    }

    /**
     * The caller's own account.
     *
     * @throws HubException UNAUTHENTICATED for nobody in particular
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public UserRecord user(Caller caller) {
        return Optional.ofNullable(caller.userId())
                .map(id -> em.find(Account.class, id))
                .map(UserRecord::of)
                .orElseThrow(() -> new HubException(ErrorKind.UNAUTHENTICATED, "Authentication required"));
    }

    /** Keeps others from changing what belongs to this account until the transaction ends. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void lock(String accountId) {
        em.find(Account.class, accountId, LockModeType.PESSIMISTIC_WRITE);
    }
}
