package org.kohakuhub.access;

import java.util.Arrays;
import java.util.Optional;

/** What somebody is in an organization, least first: each role may do all that the ones before it may. */
public enum Role {
    VISITOR("visitor"),
    MEMBER("member"),
    ADMIN("admin"),
    SUPER_ADMIN("super-admin");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /** The spelling of JSON bodies and of the database. */
    public String text() {
        return text;
    }

    /** Whether this role includes {@code other}. */
    public boolean atLeast(Role other) {
        return compareTo(other) >= 0;
    }

    /** The role of this spelling, if there is one. */
    public static Optional<Role> parse(String text) {
        return Arrays.stream(values()).filter(role -> role.text.equals(text)).findFirst();
    }
}
