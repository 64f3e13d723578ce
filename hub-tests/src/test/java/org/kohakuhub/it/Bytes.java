package org.kohakuhub.it;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** Contents of files and what they hash to. */
public final class Bytes {
    private Bytes() {}

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes that no compression shortens; the same for the same seed. */
    public static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Such bytes as nobody has seen before. */
    public static byte[] fresh(int length) {
        return random(length, ThreadLocalRandom.current().nextLong());
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The name that git-lfs gives to a content. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-256").digest(bytes));
    }

    /** The name that git gives to a blob. */
    public static String blobId(byte[] bytes) {
        MessageDigest digest = digest("SHA-1");
        digest.update(utf8("blob " + bytes.length + '\0'));
        return HexFormat.of().formatHex(digest.digest(bytes));
    }

    /** What git-lfs keeps in git instead of the content: git-lfs's specification, section "The Pointer". */
    public static byte[] pointer(byte[] content) {
        return utf8("version https://git-lfs.github.com/spec/v1\noid sha256:" + sha256(content) + "\nsize "
                + content.length + '\n');
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
