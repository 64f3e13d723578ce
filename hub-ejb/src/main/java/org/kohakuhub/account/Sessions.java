package org.kohakuhub.account;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.kohakuhub.config.AccountConfig;

/** Browser sessions, and the housekeeping of credentials. Each method is a short transaction. */
@Stateless
public class Sessions {
    private final AccountConfig config;
    private final Clock clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy. */
    protected Sessions() {
        this(null, null);
    }

    @Inject
    public Sessions(AccountConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Begins a session of a user whose password was right. */
    public Session open(Caller user) {
        String cookie = SecretText.cookie();
        LoginSession session = new LoginSession();
        session.tokenHash = SecretText.hash(cookie);
        session.userId = user.userId();
        session.createdAt = clock.millis();
        session.expiresAt = session.createdAt + config.sessionLife().toMillis();
        em.persist(session);
        return new Session(cookie, config.sessionLife());
    }

    /** Ends the session of this cookie, if there is one. */
    public void close(String cookie) {
        em.createQuery("delete from LoginSession s where s.tokenHash = :hash")
                .setParameter("hash", SecretText.hash(cookie))
                .executeUpdate();
    }

    /** Writes down when tokens were last used, and forgets sessions that have expired. */
    public void tidy(Map<String, Long> usedAt) {
        usedAt.forEach((id, when) -> em.createQuery(
                        "update ApiToken t set t.lastUsed = :used where t.id = :id and coalesce(t.lastUsed, 0) < :used")
                .setParameter("used", when)
                .setParameter("id", id)
                .executeUpdate());
        em.createQuery("delete from LoginSession s where s.expiresAt <= :now")
                .setParameter("now", clock.millis())
                .executeUpdate();
    }

    /**
     * A new session.
     *
     * @param cookie the cookie's value, which nobody will be told again
     */
    public record Session(String cookie, Duration life) {}
}
