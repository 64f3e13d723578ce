package org.kohakuhub.xet;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The JDK's digests, without the exception that cannot be. */
final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java has it
        }
    }
}
