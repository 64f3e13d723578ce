package org.kohakuhub.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.kohakuhub.account.Accounts;
import org.kohakuhub.account.Logins;
import org.kohakuhub.account.Registration;
import org.kohakuhub.account.UserRecord;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.auth.RequestFilter;
import org.kohakuhub.web.json.Dates;
import org.kohakuhub.web.json.Done;
import org.kohakuhub.web.json.JsonBody;

/** {@code /api/auth}: registration, login, logout, and the account behind the session. */
@RequestScoped
@Path("/api/auth")
@Produces(MediaType.APPLICATION_JSON)
public class AuthResource {
    private final Accounts accounts;
    private final Logins logins;
    private final RequestCaller caller;
    private final RequestBase base;

    /** For RESTEasy and the CDI proxy. */
    public AuthResource() {
        this(null, null, null, null);
    }

    @Inject
    AuthResource(Accounts accounts, Logins logins, RequestCaller caller, RequestBase base) {
        this.accounts = accounts;
        this.logins = logins;
        this.caller = caller;
        this.base = base;
    }

    /** Makes an account. It does not log in. */
    @POST
    @Path("register")
    public Registered register(InputStream body) {
        JsonBody json = JsonBody.read(body);
        UserRecord user = accounts.register(
                new Registration(json.required("username"), json.required("email"), json.required("password")));
        return new Registered(true, "Welcome, " + user.name(), user.emailVerified());
    }

    /** Begins a browser's session. */
    @POST
    @Path("login")
    public Response login(InputStream body) {
        JsonBody json = JsonBody.read(body);
        Logins.Begun begun = logins.login(json.required("username"), json.required("password"));
        String cookie =
                SessionCookie.of(begun.session().cookie(), begun.session().life(), base.secure());
        return Response.ok(new LoggedIn(true, "Logged in", begun.username(), begun.sessionSecret()))
                .header(HttpHeaders.SET_COOKIE, cookie)
                .build();
    }

    /** Ends the browser's session. */
    @POST
    @Path("logout")
    public Response logout(@CookieParam(RequestFilter.SESSION_COOKIE) String cookie) {
        caller.user();
        if (cookie != null) {
            logins.logout(cookie);
        }
        return Response.ok(Done.because("Logged out"))
                .header(HttpHeaders.SET_COOKIE, SessionCookie.none(base.secure()))
                .build();
    }

    /** The caller's own account. */
    @GET
    @Path("me")
    public Me me() {
        UserRecord user = accounts.user(caller.get());
        return new Me(
                user.id(), user.name(), user.email().orElse(null), user.emailVerified(), Dates.text(user.createdAt()));
    }

    /** The field names are the original's. */
    public record Registered(boolean success, String message, boolean email_verified) {}

    /** The field names are the original's. */
    public record LoggedIn(boolean success, String message, String username, String session_secret) {}

    /** The field names are the original's. */
    public record Me(String id, String username, String email, boolean email_verified, String created_at) {}
}
