package org.kohakuhub.account;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Ids;
import org.kohakuhub.common.Text;
import org.kohakuhub.config.AccountConfig;

/** A user's API tokens. A read-only token neither makes nor removes any: it would make itself a stronger one. */
@Stateless
public class Tokens {
    private static final int LONGEST_NAME = 100;

    private final AccountConfig config;
    private final Clock clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy. */
    protected Tokens() {
        this(null, null);
    }

    @Inject
    public Tokens(AccountConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** The caller's tokens, newest first. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public List<TokenRecord> list(Caller caller) {
        return em
                .createQuery(
                        "select t from ApiToken t where t.userId = :user order by t.createdAt desc, t.id desc",
                        ApiToken.class)
                .setParameter("user", requireUser(caller))
                .getResultList()
                .stream()
                .map(TokenRecord::of)
                .toList();
    }

    /**
     * Makes a token.
     *
     * @throws HubException INVALID for an empty or overlong name; UNAUTHENTICATED, FORBIDDEN
     */
    public Created create(Caller caller, String name, TokenRole role) {
        String user = requireWriter(caller);
        String trimmed = name.trim();
        if (Text.storable("name", trimmed, LONGEST_NAME).isEmpty()) {
            throw new HubException(ErrorKind.INVALID, "A token's name must have 1 to " + LONGEST_NAME + " characters");
        }
        String text = SecretText.token();
        ApiToken token = new ApiToken();
        token.id = Ids.next(clock);
        token.userId = user;
        token.name = trimmed;
        token.tokenHash = SecretText.hash(text);
        token.role = role.text();
        token.createdAt = clock.millis();
        token.expiresAt = token.createdAt + config.tokenLife().toMillis();
        em.persist(token);
        return new Created(text, TokenRecord.of(token), SecretText.derived(config.sessionSecret(), text));
    }

    /**
     * Removes one of the caller's tokens.
     *
     * @throws HubException NOT_FOUND if he has none of this id
     */
    public void delete(Caller caller, String id) {
        int removed = em.createQuery("delete from ApiToken t where t.id = :id and t.userId = :user")
                .setParameter("id", id)
                .setParameter("user", requireWriter(caller))
                .executeUpdate();
        if (removed == 0) {
            throw new HubException(ErrorKind.NOT_FOUND, "Token not found");
        }
    }

    private static String requireUser(Caller caller) {
        if (caller.isAnonymous()) {
            throw new HubException(ErrorKind.UNAUTHENTICATED, "Authentication required");
        }
        return caller.userId();
    }

    private static String requireWriter(Caller caller) {
        String user = requireUser(caller);
        if (!caller.mayWrite()) {
            throw new HubException(ErrorKind.FORBIDDEN, "This token is read-only; use one with the role write");
        }
        return user;
    }

    /**
     * A new token.
     *
     * @param text shown this once
     * @param sessionSecret a key that belongs to this token, as of a login
     */
    public record Created(String text, TokenRecord token, String sessionSecret) {}
}
