package org.kohakuhub.xet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.kohakuhub.account.Caller;
import org.kohakuhub.account.Signatures;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.AccountConfig;

/**
 * Short-lived tokens for the CAS endpoints: a signed text that names scope, repository or bucket, and user, so that any node can
 * read it. It is no more than a name: whether that user may still do that is asked anew with every request.
 */
@ApplicationScoped
class CasTokens {
    /** The client asks for a new one half a minute before the end, and for each file if it is shorter than that. */
    static final Duration LIFE = Duration.ofMinutes(30);

    /** A 401 ends the client's transfer for good, so a token that was sent in time is let in late. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final String NOBODY = "";

    private final Signatures signatures;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected CasTokens() {
        this(null, null);
    }

    @Inject
    CasTokens(AccountConfig config, InstantSource clock) {
        this.signatures = new Signatures(config, "xet-cas");
        this.clock = clock;
    }

    /** A new token and its end. */
    record Issued(String token, Instant expires) {}

    /** Who asks for what, and the {@link CasHome#token} of where. */
    record Bearer(CasScope scope, String home, Caller caller) {}

    Issued issue(CasScope scope, CasHome home, Caller caller) {
        Instant expires = clock.instant().plus(LIFE);
        String text = String.join(
                "\n",
                scope.name(),
                home.token(),
                Optional.ofNullable(caller.userId()).orElse(NOBODY),
                caller.name().orElse(NOBODY),
                caller.mayWrite() ? "w" : "r",
                caller.siteAdmin() ? "a" : "u",
                String.valueOf(expires.getEpochSecond()));
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return new Issued(encoded + '.' + signatures.of(text), expires);
    }

    /**
     * Reads a token.
     *
     * @throws HubException UNAUTHENTICATED if the hub did not make it, or it is over
     */
    Bearer read(String token) {
        int dot = token.indexOf('.');
        String text = dot < 0 ? "" : decoded(token.substring(0, dot));
        if (dot < 0 || !signatures.isRight(text, token.substring(dot + 1))) {
            throw new HubException(ErrorKind.UNAUTHENTICATED, "This is no CAS token of this hub");
        }
        String[] fields = text.split("\n", -1); // signed, so it has the form that issue() gave it
        Instant expires = Instant.ofEpochSecond(Long.parseLong(fields[6]));
        if (clock.instant().isAfter(expires.plus(GRACE))) {
            throw new HubException(ErrorKind.UNAUTHENTICATED, "This CAS token has expired");
        }
        boolean nobody = fields[2].equals(NOBODY);
        Caller caller = new Caller(
                nobody ? null : fields[2], nobody ? null : fields[3], fields[4].equals("w"), fields[5].equals("a"));
        return new Bearer(CasScope.valueOf(fields[0]), fields[1], caller);
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
