package org.kohakuhub.common;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The JDK's digests, without the exception that cannot be. */
public final class Digests {
    private Digests() {}

    /** A new SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java has it
        }
    }
}
