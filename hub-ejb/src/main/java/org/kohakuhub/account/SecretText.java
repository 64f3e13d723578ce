package org.kohakuhub.account;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.kohakuhub.config.Secret;

/** Random credentials, and the form in which the database remembers them. */
final class SecretText {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int TOKEN_LETTERS = 40; // 238 bits
    private static final Pattern TOKEN = Pattern.compile("hf_[A-Za-z0-9]{" + TOKEN_LETTERS + "}");

    private SecretText() {}

    /** A new API token: {@code hf_} tells clients and secret scanners what it is. */
    static String token() {
        StringBuilder token = new StringBuilder("hf_");
        for (int i = 0; i < TOKEN_LETTERS; i++) {
            token.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return token.toString();
    }

    /** Whether the text has the form of a token that this hub makes, whether or not it did. */
    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** A new session cookie's value, of 256 bits. */
    static String cookie() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A code that a person types: eight consonants (34 bits), which spell nothing and are not mistaken for digits. */
    static String shortCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            code.append(i == 4 ? "-" : "").append(CONSONANTS.charAt(RANDOM.nextInt(CONSONANTS.length())));
        }
        return code.toString();
    }

    /** SHA3-512 in hex. The texts are random, so that no salt and no slowness is needed. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA3-512").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA3-512", e);
        }
    }

    /** A key that belongs to {@code text} and can be made again as long as the hub's secret stays. */
    static String derived(Secret key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(("session:" + text).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("This JDK has no HmacSHA256", e);
        }
    }

    /** Compares in a time that does not depend on where the two differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                hash(one).getBytes(StandardCharsets.UTF_8), hash(other).getBytes(StandardCharsets.UTF_8));
    }
}
