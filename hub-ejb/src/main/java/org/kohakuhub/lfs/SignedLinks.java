package org.kohakuhub.lfs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import org.kohakuhub.account.Signatures;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.AccountConfig;

/**
 * The right to one thing, as a query string, for requests with which clients send no credential: to have the parts of an
 * upload joined, to fetch an object. Signed with the session secret and good for a limited time.
 */
@ApplicationScoped
public class SignedLinks {
    /** Keeps these signatures apart from whatever else the secret may sign. */
    private static final String PURPOSE = "lfs-multipart";

    private final Signatures signatures;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected SignedLinks() {
        this(null, null);
    }

    @Inject
    SignedLinks(AccountConfig config, InstantSource clock) {
        this.signatures = new Signatures(config, PURPOSE);
        this.clock = clock;
    }

    /** The query string that opens this thing for {@code life}. */
    String query(String thing, Duration life) {
        String expires = String.valueOf(clock.instant().plus(life).getEpochSecond());
        return "expires=" + expires + "&signature=" + signatures.of(thing + '\n' + expires);
    }

    /**
     * Lets pass who shows what {@link #query} made for this thing.
     *
     * @throws HubException FORBIDDEN if it is something else, or too late
     */
    void check(String thing, String expires, String signature) {
        if (!signatures.isRight(thing + '\n' + expires, signature)) {
            throw new HubException(ErrorKind.FORBIDDEN, "This address is not signed by the hub");
        }
        if (clock.instant().getEpochSecond() >= Long.parseLong(expires)) { // signed, so it is a number
            throw new HubException(ErrorKind.FORBIDDEN, "This address has expired: ask for it again");
        }
    }
}
