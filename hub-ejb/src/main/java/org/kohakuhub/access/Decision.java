package org.kohakuhub.access;

/** What the table says. */
public enum Decision {
    /** Go on. */
    ALLOW,
    /** Answer as if the repository did not exist. */
    HIDE,
    /** Known, and not allowed. */
    DENY,
    /** Not allowed to nobody in particular: a credential might help. */
    AUTHENTICATE
}
