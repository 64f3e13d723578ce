package org.kohakuhub.account;

import java.util.Locale;
import java.util.regex.Pattern;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/** What somebody who wants an account gives. */
public record Registration(String username, String email, String password) {
    private static final int LONGEST_EMAIL = 320;
    /** One {@code @}, something before it, a dotted or local host after it. Whether mail arrives shows by sending. */
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");

    /**
     * @throws HubException INVALID for a name, an address or a password that breaks its rule
     */
    public Registration {
        new AccountName(username);
        checkEmail(email);
        Passwords.check(password);
    }

    static void checkEmail(String email) {
        if (email.length() > LONGEST_EMAIL || !EMAIL.matcher(email).matches()) {
            throw new HubException(ErrorKind.INVALID, "Invalid e-mail address: " + Text.shown(email));
        }
    }

    /** The form in which addresses are compared. */
    String emailKey() {
        return email.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Registration[" + username + ']'; // without the password
    }
}
