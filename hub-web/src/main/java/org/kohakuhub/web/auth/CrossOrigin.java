package org.kohakuhub.web.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/**
 * What pages of other origins may do. A browser's session counts only for requests of the hub's own pages; origins that
 * the operator names may read answers, without cookies.
 */
final class CrossOrigin {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String EXPOSED = "X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,"
            + "Link,Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag,X-Xet-Hash,RateLimit,RateLimit-Policy,Retry-After";

    private final Set<String> allowed;

    /**
     * @param allowed origins such as {@code https://app.example}; {@code *} for all
     */
    CrossOrigin(Set<String> allowed) {
        this.allowed = allowed;
    }

    /** Whether a browser says that a page of another origin makes this request, and the request would change something. */
    static boolean isForgery(HttpServletRequest request, CallerAddress address) {
        if (SAFE.contains(request.getMethod())) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader("Origin");
        return origin != null && !origin.equalsIgnoreCase(address.origin()); // none: not a browser
    }

    /**
     * Adds the headers by which a browser lets an allowed origin read the answer.
     *
     * @return whether the request was a preflight and is answered
     */
    boolean answer(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        if (origin == null || allowed.isEmpty()) {
            return false;
        }
        response.addHeader("Vary", "Origin");
        if (!allowed.contains(origin) && !allowed.contains("*")) {
            return false;
        }
        response.setHeader("Access-Control-Allow-Origin", origin); // and never Allow-Credentials
        response.setHeader("Access-Control-Expose-Headers", EXPOSED);
        boolean preflight =
                request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
        if (preflight) {
            response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
            response.setHeader(
                    "Access-Control-Allow-Headers", "Authorization, Content-Type, Range, If-None-Match, X-Request-Id");
            response.setHeader("Access-Control-Max-Age", "600");
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
        return preflight;
    }
}
