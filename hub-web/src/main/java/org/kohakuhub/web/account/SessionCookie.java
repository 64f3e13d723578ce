package org.kohakuhub.web.account;

import java.time.Duration;
import org.kohakuhub.web.auth.RequestFilter;

/** The {@code Set-Cookie} values of login and logout. */
final class SessionCookie {
    private SessionCookie() {}

    static String of(String value, Duration life, boolean secure) {
        return RequestFilter.SESSION_COOKIE + '=' + value + "; Path=/; Max-Age=" + life.toSeconds()
                + "; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }

    /** Makes the browser forget the cookie. */
    static String none(boolean secure) {
        return of("", Duration.ZERO, secure);
    }
}
