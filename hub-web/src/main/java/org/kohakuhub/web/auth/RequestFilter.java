package org.kohakuhub.web.auth;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.account.Authenticator;
import org.kohakuhub.account.Caller;
import org.kohakuhub.account.Login;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.SiteConfig;
import org.kohakuhub.config.WebConfig;
import org.kohakuhub.web.error.Refusals;

/**
 * Stands before everything else (see web.xml): names the request, checks its host, finds out who calls, logs it. The
 * {@link Caller} is left in a request attribute for the API and for git alike.
 */
public class RequestFilter implements Filter {
    /** The cookie that a login sets. */
    public static final String SESSION_COOKIE = "session_id";

    /** The client's own check of a 401 compares this sentence: another would read as "repository not found". */
    private static final String BAD_CREDENTIALS = "Invalid credentials in Authorization header";

    /** The CAS endpoints, and what clients post about them to the root of their host. */
    private static final List<String> CAS = List.of("/xet/", "/v1/telemetry");

    private static final Set<String> COOKIE_SETTERS = Set.of("/api/auth/login", "/api/auth/register", "/device");
    private static final System.Logger log = System.getLogger(RequestFilter.class.getName());

    @Inject
    private Authenticator authenticator;

    @Inject
    private SiteConfig site;

    @Inject
    private WebConfig web;

    @Inject
    private RateLimits limits;

    private CrossOrigin crossOrigin;
    private RequestLog requestLog;

    @Override
    public void init(FilterConfig config) {
        crossOrigin = new CrossOrigin(web.corsOrigins());
        requestLog = new RequestLog(web.jsonLog());
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException {
        HttpServletRequest request = ApiBase.seenFrom((HttpServletRequest) servletRequest, site.apiBase());
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        long start = System.nanoTime();
        String path = request.getRequestURI();
        String id = RequestId.choose(request.getHeader("X-Request-Id"));
        request.setAttribute(RequestId.ATTRIBUTE, id);
        response.setHeader("X-Request-Id", id);
        try {
            AddressText.check(request);
            if (!crossOrigin.answer(request, response) && admit(request, response)) {
                chain.doFilter(request, response);
            }
        } catch (HubException refusal) {
            Refusals.write(response, refusal);
        } catch (ServletException | RuntimeException defect) {
            log.log(Level.ERROR, () -> "Unexpected failure, request " + id, defect);
            if (!response.isCommitted()) {
                response.resetBuffer();
                Refusals.write(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "Internal server error");
            }
        } finally {
            requestLog.finish(request, response, path, start);
        }
    }

    /** Finds out who calls from where; false if the refusal is already written. */
    private boolean admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CallerAddress address = CallerAddress.of(request, site.baseUrl());
        request.setAttribute(CallerAddress.ATTRIBUTE, address);
        // a CAS token is no credential of the hub's other doors, and theirs none there
        boolean cas = CAS.stream().anyMatch(request.getRequestURI()::startsWith);
        String header = cas ? null : request.getHeader("Authorization");
        String cookie = header == null && !cas ? sessionCookie(request) : null;
        Optional<Login> login;
        if (header != null) {
            Optional<AuthorizationHeader> shown = AuthorizationHeader.parse(header);
            // a password may be guessed by any door; the random words of a token are not
            Optional<RateLimits.Counted> guess =
                    shown.filter(AuthorizationHeader.Basic.class::isInstance).flatMap(basic -> limits.guess(request));
            if (guess.filter(counted -> !counted.standing().admitted()).isPresent()) {
                RateLimits.refuse(response, guess.get().standing());
                return false;
            }
            login = shown.flatMap(this::login);
            if (login.isPresent()) {
                guess.ifPresent(limits::giveBack);
            }
            if (login.isEmpty()) {
                GitPaths.challenge(request).forEach(response::setHeader);
                Refusals.write(response, HttpServletResponse.SC_UNAUTHORIZED, BAD_CREDENTIALS);
                return false;
            }
        } else {
            // an outdated cookie is no refusal: the browser would be locked out of public pages and of the login
            login = Optional.ofNullable(cookie).flatMap(authenticator::session);
        }
        boolean byCookie = cookie != null && login.isPresent();
        if ((byCookie || COOKIE_SETTERS.contains(request.getRequestURI())) && CrossOrigin.isForgery(request, address)) {
            throw new HubException(ErrorKind.FORBIDDEN, "Cross-site request refused");
        }
        login.ifPresent(known -> request.setAttribute(RequestCaller.LOGIN, known));
        Caller caller = login.map(Login::caller).orElse(Caller.anonymous());
        request.setAttribute(RequestCaller.ATTRIBUTE, caller);
        String adminToken = request.getHeader("X-Admin-Token");
        // where the door is closed, /admin/api says so
        return adminToken == null || !authenticator.adminEnabled() || admitAdmin(request, response, adminToken);
    }

    private Optional<Login> login(AuthorizationHeader header) {
        if (header instanceof AuthorizationHeader.Bearer bearer) {
            return authenticator.bearer(bearer.token());
        }
        if (header instanceof AuthorizationHeader.Basic basic) {
            return authenticator.basic(basic.user(), basic.secret());
        }
        throw new AssertionError(header);
    }

    /** An operator chose this token, perhaps a word: it is guessed as passwords are. */
    private boolean admitAdmin(HttpServletRequest request, HttpServletResponse response, String token)
            throws IOException {
        Optional<RateLimits.Counted> guess = limits.guess(request);
        if (guess.filter(counted -> !counted.standing().admitted()).isPresent()) {
            RateLimits.refuse(response, guess.get().standing());
            return false;
        }
        if (!authenticator.isAdminToken(token)) {
            throw new HubException(ErrorKind.FORBIDDEN, "Invalid admin token");
        }
        guess.ifPresent(limits::giveBack);
        Caller caller = RequestCaller.of(request);
        request.setAttribute(RequestCaller.ATTRIBUTE, new Caller(caller.userId(), caller.username(), true, true));
        return true;
    }

    private static String sessionCookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(SESSION_COOKIE)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }
}
