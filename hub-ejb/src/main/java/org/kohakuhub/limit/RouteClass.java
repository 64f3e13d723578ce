package org.kohakuhub.limit;

import java.util.Locale;

/** Requests that are counted together. */
public enum RouteClass {
    /** The HTTP API. */
    API,
    /** Files of repositories, by {@code resolve}, and of comments. */
    RESOLVE,
    /** git and git-lfs. */
    GIT,
    /** The CAS endpoints of Xet. */
    XET,
    /** Passwords and other credentials, of which only the wrong ones are counted. */
    AUTH;

    /** The name that headers have it by, {@code api}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
