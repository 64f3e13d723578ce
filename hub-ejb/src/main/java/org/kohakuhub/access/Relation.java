package org.kohakuhub.access;

/** What a caller is to the namespace that he wants something of. */
public enum Relation {
    /** No credential came. */
    ANONYMOUS,
    /** A user who is not in the namespace. */
    STRANGER,
    /** A visitor of the organization. */
    VISITOR,
    /** A member of the organization. */
    MEMBER,
    /** An admin of the organization. */
    ADMIN,
    /** A super-admin of the organization. */
    SUPER_ADMIN,
    /** The user whose own namespace it is. */
    OWNER,
    /** Whoever holds the site administrator's token. */
    SITE_ADMIN;

    /** Somebody of this role in the organization. */
    static Relation of(Role role) {
        return switch (role) {
            case VISITOR -> VISITOR;
            case MEMBER -> MEMBER;
            case ADMIN -> ADMIN;
            case SUPER_ADMIN -> SUPER_ADMIN;
        };
    }
}
