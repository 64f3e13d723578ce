package org.kohakuhub.lfs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.AccountConfig;

/**
 * The right to have the parts of one upload joined, as a query string: clients send no credential with that request.
 * Signed with the session secret and good for a limited time.
 */
@ApplicationScoped
public class SignedLinks {
    private static final String ALGORITHM = "HmacSHA256";

    /** Keeps these signatures apart from whatever else the secret may sign. */
    private static final String PURPOSE = "lfs-multipart";

    private final AccountConfig config;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected SignedLinks() {
        this(null, null);
    }

    @Inject
    SignedLinks(AccountConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /** The query string that opens this upload for {@code life}. */
    String query(String uploadId, Duration life) {
        long expires = clock.instant().plus(life).getEpochSecond();
        return "expires=" + expires + "&signature=" + signature(uploadId, String.valueOf(expires));
    }

    /**
     * Lets pass who shows what {@link #query} made for this upload.
     *
     * @throws HubException FORBIDDEN if it is something else, or too late
     */
    void check(String uploadId, String expires, String signature) {
        byte[] right = signature(uploadId, expires).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8))) {
            throw new HubException(ErrorKind.FORBIDDEN, "This address is not signed by the hub");
        }
        if (clock.instant().getEpochSecond() >= Long.parseLong(expires)) { // signed, so it is a number
            throw new HubException(ErrorKind.FORBIDDEN, "This address has expired: ask for the upload again");
        }
    }

    private String signature(String uploadId, String expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(config.sessionSecret().value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            String text = PURPOSE + '\n' + uploadId + '\n' + expires;
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e); // every Java has it
        }
    }
}
