package org.kohakuhub.account;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.config.AdminConfig;

/** Says whom a credential belongs to. A check costs one indexed query; nothing is written. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Authenticator {
    private final TokenUses uses;
    private final AdminConfig admin;
    private final AccountConfig accounts;
    private final Clock clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy. */
    protected Authenticator() {
        this(null, null, null, null);
    }

    @Inject
    public Authenticator(TokenUses uses, AdminConfig admin, AccountConfig accounts, Clock clock) {
        this.uses = uses;
        this.admin = admin;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Whose API token this is; empty for one that was never issued, was deleted or has expired. */
    public Optional<Login> bearer(String token) {
        List<Object[]> found = em.createQuery("""
                        select t, a.id, a.name from ApiToken t join Account a on a.id = t.userId
                        where t.tokenHash = :hash and a.active = true""", Object[].class)
                .setParameter("hash", SecretText.hash(token))
                .getResultList();
        long now = clock.millis();
        return found.stream()
                .findFirst()
                .filter(row -> isFresh((ApiToken) row[0], now))
                .map(row -> {
                    ApiToken known = (ApiToken) row[0];
                    uses.note(known.id, now);
                    boolean mayWrite = known.role.equals(TokenRole.WRITE.text());
                    Caller caller = new Caller((String) row[1], (String) row[2], mayWrite, false);
                    return new Login(caller, Optional.of(TokenRecord.of(known)));
                });
    }

    private static boolean isFresh(ApiToken token, long now) {
        return token.expiresAt == null || token.expiresAt > now;
    }

    /**
     * HTTP Basic: a token as the password of any user name, a token as user name without a password (as git writes it
     * for an address with one part), or user name and password.
     */
    public Optional<Login> basic(String user, String secret) {
        boolean tokenAsUser = secret.isEmpty() || secret.equals("x-oauth-basic");
        Optional<Login> byToken = bearer(tokenAsUser ? user : secret);
        if (byToken.isPresent() || tokenAsUser || SecretText.isToken(secret)) { // no slow hash for an outdated token
            return byToken;
        }
        return password(user, secret).map(caller -> new Login(caller, Optional.empty()));
    }

    /**
     * The user of this name and password. A wrong name takes as long as a wrong password.
     *
     * @throws HubException FORBIDDEN while the user's e-mail address is not verified and must be
     */
    public Optional<Caller> password(String username, String password) {
        List<Object[]> found = em.createQuery("""
                        select a.id, a.name, a.passwordHash, a.emailVerified from Account a
                        where a.normalizedName = :name and a.kind = 'user' and a.active = true""", Object[].class)
                .setParameter("name", Text.normalizedName(username))
                .getResultList();
        Object[] row = found.stream()
                .filter(candidate -> username.equalsIgnoreCase((String) candidate[1]))
                .findFirst()
                .orElse(new Object[4]);
        if (!Passwords.matches(password, (String) row[2])) {
            return Optional.empty();
        }
        if (accounts.requireEmailVerification() && !(Boolean) row[3]) {
            throw new HubException(ErrorKind.FORBIDDEN, "Please verify your e-mail address first");
        }
        return Optional.of(Caller.user((String) row[0], (String) row[1]));
    }

    /** Whose browser this is; empty after logout and expiry. */
    public Optional<Login> session(String cookie) {
        return em
                .createQuery("""
                        select a.id, a.name from LoginSession s join Account a on a.id = s.userId
                        where s.tokenHash = :hash and s.expiresAt > :now and a.active = true""", Object[].class)
                .setParameter("hash", SecretText.hash(cookie))
                .setParameter("now", clock.millis())
                .getResultList()
                .stream()
                .findFirst()
                .map(row -> new Login(Caller.user((String) row[0], (String) row[1]), Optional.empty()));
    }

    /** Whether the site administrator's door is open at all. */
    public boolean adminEnabled() {
        return admin.enabled() && !admin.token().value().isEmpty();
    }

    /** Whether this is the site administrator's token. */
    public boolean isAdminToken(String token) {
        return adminEnabled() && SecretText.same(token, admin.token().value());
    }
}
