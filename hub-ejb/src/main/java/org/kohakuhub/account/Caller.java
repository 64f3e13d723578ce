package org.kohakuhub.account;

import java.util.Optional;

/**
 * Who is asking, whatever credential said so. The only way to a user's rights: services take it as a parameter and ask
 * {@code AccessPolicy}.
 *
 * @param userId the account's id; null for nobody in particular
 * @param username the account's name; null for nobody in particular
 * @param mayWrite false for a read-only token
 * @param siteAdmin whether the site administrator's token came along
 */
public record Caller(String userId, String username, boolean mayWrite, boolean siteAdmin) {
    private static final Caller ANONYMOUS = new Caller(null, null, false, false);

    /** Nobody in particular. */
    public static Caller anonymous() {
        return ANONYMOUS;
    }

    /** A user who may do all that his account may. */
    public static Caller user(String userId, String username) {
        return new Caller(userId, username, true, false);
    }

    /** Whether there is no account behind the request. */
    public boolean isAnonymous() {
        return userId == null;
    }

    /** The account's name, for authors and logs. */
    public Optional<String> name() {
        return Optional.ofNullable(username);
    }
}
