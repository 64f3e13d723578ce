package org.kohakuhub.web.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.kohakuhub.account.Caller;
import org.kohakuhub.config.RateLimitConfig;
import org.kohakuhub.limit.RateLimiter;
import org.kohakuhub.limit.RouteClass;
import org.kohakuhub.limit.Standing;
import org.kohakuhub.web.error.Refusals;
import org.kohakuhub.xet.XetTokenService;

/**
 * Which limit a request falls under, and what its answer says of it: {@code RateLimit} and {@code RateLimit-Policy} in
 * the form that huggingface_hub reads (hf-api-contract.md, 1.5).
 */
@ApplicationScoped
public class RateLimits {
    /** Servlet and framework constants have no name for it. */
    private static final int TOO_MANY_REQUESTS = 429;

    private static final Pattern AUTH =
            Pattern.compile("/api/auth/(?:login|register)/?|/oauth/(?:token|device)/?|/device(?:/.*)?");
    private static final Pattern RESOLVE = Pattern.compile("/(?!api/).+/resolve/.+|/uploads/.+");
    private static final Pattern XET = Pattern.compile("/xet/.+");
    private static final Pattern API = Pattern.compile("/(?:api|org)/.+|/uploads/?");

    private final RateLimiter limiter;
    private final RateLimitConfig config;
    private final XetTokenService tokens;

    /** For the container's proxy. */
    @SuppressWarnings("NullAway")
    protected RateLimits() {
        this(null, null, null);
    }

    @Inject
    RateLimits(RateLimiter limiter, RateLimitConfig config, XetTokenService tokens) {
        this.limiter = limiter;
        this.config = config;
        this.tokens = tokens;
    }

    /** A request that was counted, and under which name. */
    record Counted(Standing standing, String who) {}

    /** The class of a request; empty for what is not limited. */
    static Optional<RouteClass> route(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (AUTH.matcher(path).matches() && request.getMethod().equals("POST")) {
            return Optional.of(RouteClass.AUTH);
        }
        if (GitPaths.isGit(request)) {
            return Optional.of(RouteClass.GIT);
        }
        if (RESOLVE.matcher(path).matches()) {
            return Optional.of(RouteClass.RESOLVE);
        }
        if (XET.matcher(path).matches()) {
            return Optional.of(RouteClass.XET);
        }
        return API.matcher(path).matches() ? Optional.of(RouteClass.API) : Optional.empty();
    }

    /** Counts a request of a caller who was found out. The site administrator is not counted. */
    Optional<Counted> take(HttpServletRequest request, RouteClass route, Caller known) {
        Caller caller = route == RouteClass.XET ? bearer(request) : known;
        if (caller.siteAdmin()) {
            return Optional.empty();
        }
        boolean byAddress = caller.isAnonymous() || route == RouteClass.AUTH;
        return count(route, byAddress ? address(request) : caller.userId());
    }

    /** Who has a token of the CAS endpoints: nobody was asked for any other credential there. */
    private Caller bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header == null
                ? Caller.anonymous()
                : AuthorizationHeader.parse(header)
                        .filter(AuthorizationHeader.Bearer.class::isInstance)
                        .map(AuthorizationHeader.Bearer.class::cast)
                        .flatMap(shown -> tokens.bearer(shown.token()))
                        .orElse(Caller.anonymous());
    }

    /** Counts somebody who shows a password, or the site administrator's token. */
    Optional<Counted> guess(HttpServletRequest request) {
        return count(RouteClass.AUTH, address(request));
    }

    private Optional<Counted> count(RouteClass route, String who) {
        return limiter.take(route, who).map(standing -> new Counted(standing, who));
    }

    private String address(HttpServletRequest request) {
        return limiter.digest(CallerNetwork.of(request, config.trustedProxies()));
    }

    /** The password was right, or the request no attempt at one. */
    void giveBack(Counted counted) {
        limiter.giveBack(counted.standing(), counted.who());
    }

    /** Tells the caller how he stands. */
    static void tell(HttpServletResponse response, Standing standing) {
        String route = '"' + standing.route().word() + '"';
        response.setHeader("RateLimit", route + ";r=" + standing.remaining() + ";t=" + standing.secondsLeft());
        response.setHeader(
                "RateLimit-Policy",
                "\"fixed window\";" + route + ";q=" + standing.quota() + ";w=" + standing.windowSeconds());
    }

    /** Answers a request that is one too many. */
    static void refuse(HttpServletResponse response, Standing standing) throws IOException {
        tell(response, standing);
        response.setHeader("Retry-After", Long.toString(standing.secondsLeft()));
        Refusals.write(
                response,
                TOO_MANY_REQUESTS,
                "Too many requests: the limit of '" + standing.route().word() + "' is " + standing.quota() + " in "
                        + standing.windowSeconds() + " seconds. Try again in " + standing.secondsLeft() + " seconds.");
    }
}
