package org.kohakuhub.common;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/**
 * Row ids of 24 hex digits, in the form that the reference service shows as {@code _id}: four bytes of seconds since
 * 1970, then eight random bytes. They need no sequence, so every database and every node can make them.
 */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new id; those made in later seconds sort later. */
    public static String next(InstantSource clock) {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return String.format("%08x", clock.instant().getEpochSecond())
                + HexFormat.of().formatHex(random);
    }
}
