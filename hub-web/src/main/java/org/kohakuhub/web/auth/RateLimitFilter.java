package org.kohakuhub.web.auth;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.kohakuhub.limit.RouteClass;

/** Stands behind {@link RequestFilter}, which finds out who calls, and before everything else (see web.xml). */
public class RateLimitFilter implements Filter {
    /** Set on a request that was refused and was no guess: a program asks whether its user has confirmed yet. */
    public static final String NO_GUESS = "org.kohakuhub.noguess";

    @Inject
    private RateLimits limits;

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        Optional<RateLimits.Counted> counted =
                RateLimits.route(request).flatMap(route -> limits.take(request, route, RequestCaller.of(request)));
        if (counted.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (!counted.get().standing().admitted()) {
            RateLimits.refuse(response, counted.get().standing());
            return;
        }
        RateLimits.tell(response, counted.get().standing());
        boolean wrong = false;
        try {
            chain.doFilter(request, response);
            wrong = isRefusal(response.getStatus()) && request.getAttribute(NO_GUESS) == null;
        } finally {
            if (counted.get().standing().route() == RouteClass.AUTH && !wrong) {
                limits.giveBack(counted.get());
            }
        }
    }

    private static boolean isRefusal(int status) {
        return status >= 400 && status < 500;
    }
}
