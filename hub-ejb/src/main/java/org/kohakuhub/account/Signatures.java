package org.kohakuhub.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.kohakuhub.config.AccountConfig;

/** Signs short texts with the session secret, so that any node knows again what the hub once handed out. */
public final class Signatures {
    private static final String ALGORITHM = "HmacSHA256";

    private final AccountConfig config;
    private final String purpose;

    /**
     * Signatures of one kind.
     *
     * @param purpose keeps them apart from whatever else the secret signs
     */
    public Signatures(AccountConfig config, String purpose) {
        this.config = config;
        this.purpose = purpose;
    }

    /** The signature of a text, fit for addresses. */
    public String of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(config.sessionSecret().value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] signature = mac.doFinal((purpose + '\n' + text).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e); // every Java has it
        }
    }

    /** Whether somebody shows what {@link #of} made of this text; takes equally long for every wrong one. */
    public boolean isRight(String text, String signature) {
        return MessageDigest.isEqual(
                of(text).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }
}
