package org.kohakuhub.account;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Optional;
import org.kohakuhub.common.HubException;

/** The pictures of users and organizations. They are small and few, and live in the database. */
@Stateless
public class Pictures {
    private final Accounts accounts;
    private final Clock clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy. */
    protected Pictures() {
        this(null, null);
    }

    @Inject
    public Pictures(Accounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * The picture, if there is one.
     *
     * @throws HubException NOT_FOUND if there is no account of this kind
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Optional<Picture> find(String name, boolean organization) {
        return Optional.ofNullable(em.find(Avatar.class, account(name, organization)))
                .map(avatar -> new Picture(avatar.contentType, avatar.bytes));
    }

    /**
     * Gives a user another picture, or takes it away.
     *
     * @throws HubException NOT_FOUND, UNAUTHENTICATED; FORBIDDEN for others and for a read-only token
     */
    public void change(Caller caller, String name, Optional<Picture> picture) {
        String id = account(name, false);
        Profiles.requireOwn(caller, id);
        replace(id, picture);
    }

    /**
     * The same for an organization. For {@code org}, which knows who may.
     *
     * @throws HubException NOT_FOUND
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void changeOrganization(String name, Optional<Picture> picture) {
        replace(account(name, true), picture);
    }

    private void replace(String id, Optional<Picture> picture) {
        Avatar avatar = em.find(Avatar.class, id);
        if (picture.isEmpty()) {
            if (avatar != null) {
                em.remove(avatar);
            }
            return;
        }
        if (avatar == null) {
            avatar = new Avatar();
            avatar.accountId = id;
        }
        avatar.contentType = picture.get().type();
        avatar.bytes = picture.get().bytes();
        avatar.updatedAt = clock.millis();
        em.merge(avatar);
    }

    private String account(String name, boolean organization) {
        return accounts.require(name, organization).id();
    }
}
