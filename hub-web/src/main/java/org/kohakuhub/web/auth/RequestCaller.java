package org.kohakuhub.web.auth;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.kohakuhub.account.Caller;
import org.kohakuhub.account.Login;
import org.kohakuhub.account.TokenRecord;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** Who makes this request, as {@link RequestFilter} found out. */
@RequestScoped
public class RequestCaller {
    /** Name of the request attribute that holds the {@link Caller}. */
    public static final String ATTRIBUTE = "org.kohakuhub.caller";

    static final String LOGIN = "org.kohakuhub.login";

    private final HttpServletRequest request;

    /** For the proxy. */
    public RequestCaller() {
        this(null);
    }

    @Inject
    RequestCaller(HttpServletRequest request) {
        this.request = request;
    }

    /** The caller; anonymous, never null, where no credential came. */
    public Caller get() {
        return of(request);
    }

    /**
     * The caller, who must have an account.
     *
     * @throws HubException {@link ErrorKind#UNAUTHENTICATED} for nobody in particular
     */
    public Caller user() {
        Caller caller = get();
        if (caller.isAnonymous()) {
            throw new HubException(ErrorKind.UNAUTHENTICATED, "Authentication required");
        }
        return caller;
    }

    /** The API token that the caller showed; empty for a browser's session or a password. */
    public Optional<TokenRecord> token() {
        return Optional.ofNullable((Login) request.getAttribute(LOGIN)).flatMap(Login::token);
    }

    /** The same for those that CDI does not make. */
    public static Caller of(HttpServletRequest request) {
        Object caller = request.getAttribute(ATTRIBUTE);
        return caller == null ? Caller.anonymous() : (Caller) caller;
    }
}
