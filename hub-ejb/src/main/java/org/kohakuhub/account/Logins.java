package org.kohakuhub.account;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.AccountConfig;

/** Browsers come and go. Checking a password is slow on purpose and holds no transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Logins {
    private final Authenticator authenticator;
    private final Sessions sessions;
    private final AccountConfig config;

    /** For the container's proxy. */
    protected Logins() {
        this(null, null, null);
    }

    @Inject
    public Logins(Authenticator authenticator, Sessions sessions, AccountConfig config) {
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.config = config;
    }

    /**
     * Begins a session.
     *
     * @throws HubException UNAUTHENTICATED for a wrong name or password, without telling which; FORBIDDEN while the
     *     e-mail address is not verified and must be
     */
    public Begun login(String username, String password) {
        Caller user = authenticator
                .password(username, password)
                .orElseThrow(() -> new HubException(ErrorKind.UNAUTHENTICATED, "Invalid username or password"));
        Sessions.Session session = sessions.open(user);
        return new Begun(user, session, SecretText.derived(config.sessionSecret(), session.cookie()));
    }

    /** Ends the session of this cookie. */
    public void logout(String cookie) {
        sessions.close(cookie);
    }

    /**
     * A login that succeeded.
     *
     * @param sessionSecret a key that belongs to this session, for what the user's browser keeps encrypted
     */
    public record Begun(Caller caller, Sessions.Session session, String sessionSecret) {
        /** The user's name in its true spelling. */
        public String username() {
            return caller.username();
        }
    }
}
