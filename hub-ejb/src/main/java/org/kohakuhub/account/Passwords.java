package org.kohakuhub.account;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** Passwords as bcrypt keeps them. */
final class Passwords {
    private static final int SHORTEST = 8;
    /** bcrypt reads no further. */
    private static final int LONGEST = 72;

    private static final int COST = 11;
    /** Checked in place of a missing user's, so that both answers take equally long. */
    private static final String NOBODYS = hash("no user has this one");

    private Passwords() {}

    /**
     * The rule for a new password.
     *
     * @throws HubException INVALID
     */
    static void check(String password) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < SHORTEST || bytes > LONGEST || password.indexOf('\0') >= 0) {
            throw new HubException(ErrorKind.INVALID, "A password must have " + SHORTEST + " to " + LONGEST + " bytes");
        }
    }

    static String hash(String password) {
        byte[] hash = BCrypt.withDefaults().hash(COST, password.getBytes(StandardCharsets.UTF_8));
        return new String(hash, StandardCharsets.US_ASCII);
    }

    /**
     * Whether the password belongs to the hash.
     *
     * @param hash null for a user who does not exist or has no password
     */
    static boolean matches(String password, String hash) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        boolean possible = bytes.length <= LONGEST && hash != null;
        boolean same = BCrypt.verifyer()
                .verify(
                        bytes.length <= LONGEST ? bytes : new byte[] {'x'},
                        (hash == null ? NOBODYS : hash).getBytes(StandardCharsets.US_ASCII))
                .verified;
        return possible && same;
    }
}
