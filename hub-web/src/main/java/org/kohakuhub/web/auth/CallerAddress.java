package org.kohakuhub.web.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/**
 * By which address the caller reached the hub. Addresses in answers are built from it, because the client compares
 * their host with the one that it was given. A proxy in front says it by {@code X-Forwarded-Proto} and
 * {@code X-Forwarded-Host}; a client that lies about them misleads only itself.
 *
 * @param authority host and, unless it is the scheme's own, port, as the caller wrote them
 */
record CallerAddress(String scheme, String authority) {
    static final String ATTRIBUTE = "org.kohakuhub.address";

    private static final Pattern AUTHORITY =
            Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?");

    /**
     * Reads the address from the request's headers.
     *
     * @throws HubException {@link ErrorKind#INVALID} if a header names no host
     */
    static CallerAddress of(HttpServletRequest request, URI configured) {
        String scheme = forwarded(request, "X-Forwarded-Proto")
                .map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> text.equals("http") || text.equals("https"))
                .orElse(request.getScheme());
        String authority = forwarded(request, "X-Forwarded-Host").orElse(request.getHeader("Host"));
        if (authority == null) { // HTTP/1.0
            return new CallerAddress(configured.getScheme(), configured.getRawAuthority());
        }
        return new CallerAddress(scheme, checked(authority));
    }

    private static Optional<String> forwarded(HttpServletRequest request, String header) {
        return Optional.ofNullable(request.getHeader(header))
                .map(list -> list.split(",", 2)[0].trim()) // the proxy that is nearest to the caller
                .filter(first -> !first.isEmpty());
    }

    private static String checked(String authority) {
        Matcher matcher = AUTHORITY.matcher(authority);
        boolean sane = matcher.matches() && (matcher.group(2) == null || Integer.parseInt(matcher.group(2)) <= 65_535);
        if (!sane) {
            throw new HubException(ErrorKind.INVALID, "Invalid Host header");
        }
        return authority;
    }

    /** The host without port; an IPv6 address keeps its brackets. */
    String host() {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    boolean secure() {
        return scheme.equals("https");
    }

    /** {@code https://hub.example:8443}: what a browser calls an origin, and the start of every address of the hub. */
    String origin() {
        return scheme + "://" + authority;
    }
}
