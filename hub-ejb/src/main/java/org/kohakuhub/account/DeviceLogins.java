package org.kohakuhub.account;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.AccountConfig;

/**
 * Lets a program without a browser log in (RFC 8628): it shows a short code, its user types that into a page of the hub
 * where he is logged in, and the program, which asks again and again, gets a token of his. Both codes are known to the
 * database by their hashes only, and the long one works once.
 */
@Stateless
public class DeviceLogins {
    /** How long somebody has to type the code. */
    public static final Duration LIFE = Duration.ofMinutes(15);

    /** How long a program must wait between two questions. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    /** What a network may shorten the wait by. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    /** Old rows are kept so long, to tell an expired code from one that never was. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private static final int MOST_WAITING = 10_000;
    private static final int LONGEST_CLIENT = 100;

    private final Tokens tokens;
    private final AccountConfig config;
    private final Clock clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy. */
    protected DeviceLogins() {
        this(null, null, null);
    }

    @Inject
    public DeviceLogins(Tokens tokens, AccountConfig config, Clock clock) {
        this.tokens = tokens;
        this.config = config;
        this.clock = clock;
    }

    /** What a program that begins is told: the code to ask with, and the one to show. */
    public record Begun(String deviceCode, String userCode) {}

    /** What a program that asks is told. */
    public sealed interface Poll {
        /**
         * The error of RFC 6749 (5.2) or RFC 8628 (3.5).
         *
         * @param sentence for people
         */
        record Refused(String error, String sentence) implements Poll {}

        /** A token, which nobody will be told again. */
        record Granted(String token, Duration life) implements Poll {}
    }

    /**
     * Begins.
     *
     * @param clientId what the program calls itself
     * @throws HubException INVALID, UNAVAILABLE while too many wait
     */
    public Begun begin(String clientId) {
        if (clientId.length() > LONGEST_CLIENT) {
            throw new HubException(ErrorKind.INVALID, "client_id may have " + LONGEST_CLIENT + " characters at most");
        }
        long now = clock.millis();
        em.createNativeQuery("delete from device_login where expires_at < ?1")
                .setParameter(1, now - REMEMBERED.toMillis())
                .executeUpdate();
        Number waiting = (Number) em.createNativeQuery("select count(*) from device_login where expires_at > ?1")
                .setParameter(1, now)
                .getSingleResult();
        if (waiting.intValue() >= MOST_WAITING) {
            throw new HubException(ErrorKind.UNAVAILABLE, "Too many programs wait for a login; try again later");
        }
        Begun begun = new Begun(SecretText.cookie(), SecretText.shortCode());
        em.createNativeQuery("""
                        insert into device_login (device_hash, user_hash, client_id, status, created_at, expires_at)
                        values (?1, ?2, ?3, 'pending', ?4, ?5)""")
                .setParameter(1, SecretText.hash(begun.deviceCode()))
                .setParameter(2, userHash(begun.userCode()))
                .setParameter(3, clientId)
                .setParameter(4, now)
                .setParameter(5, now + LIFE.toMillis())
                .executeUpdate();
        return begun;
    }

    /** Letter case and the hyphen are for the eye. */
    private static String userHash(String code) {
        return SecretText.hash(code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", ""));
    }

    /** Tells a program how its login stands; gives it the token if its user has let it in. */
    public Poll poll(String deviceCode, String clientId) {
        String hash = SecretText.hash(deviceCode);
        List<?> rows = em.createNativeQuery("""
                        select d.status, d.user_id, d.expires_at, d.polled_at, a.name from device_login d
                        left join account a on a.id = d.user_id and a.active
                        where d.device_hash = ?1 and d.client_id = ?2""")
                .setParameter(1, hash)
                .setParameter(2, clientId)
                .getResultList();
        if (rows.isEmpty()) {
            return new Poll.Refused("invalid_grant", "This hub did not make this device_code, or it was used");
        }
        Object[] row = (Object[]) rows.get(0);
        long now = clock.millis();
        if (((Number) row[2]).longValue() <= now) {
            return new Poll.Refused("expired_token", "The code was not confirmed in time");
        }
        return switch ((String) row[0]) {
            case "approved" -> grant(hash, (String) row[1], (String) row[4]);
            case "denied" -> new Poll.Refused("access_denied", "The login was refused");
            default -> waiting(hash, (Number) row[3], now);
        };
    }

    private Poll waiting(String hash, Number polledAt, long now) {
        em.createNativeQuery("update device_login set polled_at = ?2 where device_hash = ?1")
                .setParameter(1, hash)
                .setParameter(2, now)
                .executeUpdate();
        long least = INTERVAL.minus(SLACK).toMillis();
        return polledAt != null && now - polledAt.longValue() < least
                ? new Poll.Refused("slow_down", "Wait " + INTERVAL.toSeconds() + " seconds before you ask again")
                : new Poll.Refused("authorization_pending", "The code was not confirmed yet");
    }

    /** The row goes first: of two programs with one code one gets a token. */
    private Poll grant(String hash, String userId, String username) {
        int taken = em.createNativeQuery("delete from device_login where device_hash = ?1 and status = 'approved'")
                .setParameter(1, hash)
                .executeUpdate();
        if (taken == 0 || username == null) {
            return new Poll.Refused("invalid_grant", "This device_code was used");
        }
        String name = "hf-device-" + LocalDate.now(clock) + '-' + hash.substring(0, 6);
        Tokens.Created created = tokens.create(Caller.user(userId, username), name, TokenRole.WRITE);
        return new Poll.Granted(created.text(), config.tokenLife());
    }

    /** What the program that shows this code calls itself; empty if none does. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Optional<String> client(String userCode) {
        List<?> rows = em.createNativeQuery(
                        "select client_id from device_login where user_hash = ?1 and status = 'pending' and expires_at > ?2")
                .setParameter(1, userHash(userCode))
                .setParameter(2, clock.millis())
                .getResultList();
        return rows.stream().findFirst().map(String.class::cast);
    }

    /**
     * Lets the program that shows this code in, or refuses it.
     *
     * @throws HubException UNAUTHENTICATED, FORBIDDEN for a read-only token; NOT_FOUND if no program waits with this code
     */
    public void decide(Caller caller, String userCode, boolean allow) {
        if (caller.isAnonymous()) {
            throw new HubException(ErrorKind.UNAUTHENTICATED, "Authentication required");
        }
        if (!caller.mayWrite()) {
            throw new HubException(ErrorKind.FORBIDDEN, "This token is read-only; use one with the role write");
        }
        int decided = em.createNativeQuery("""
                        update device_login set status = ?1, user_id = ?2
                        where user_hash = ?3 and status = 'pending' and expires_at > ?4""")
                .setParameter(1, allow ? "approved" : "denied")
                .setParameter(2, caller.userId())
                .setParameter(3, userHash(userCode))
                .setParameter(4, clock.millis())
                .executeUpdate();
        if (decided == 0) {
            throw new HubException(ErrorKind.NOT_FOUND, "No program waits with this code; it may have expired");
        }
    }
}
