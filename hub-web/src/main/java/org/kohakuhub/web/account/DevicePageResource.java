package org.kohakuhub.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.kohakuhub.account.Caller;
import org.kohakuhub.account.DeviceLogins;
import org.kohakuhub.account.Logins;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.FormBody;

/**
 * {@code /device}: where somebody types the code that a program shows him, and lets it in. Who is not logged in does that
 * on the same page. A form that another site sends here is refused before this class (see {@code RequestFilter}), and the
 * page cannot be framed by one.
 */
@RequestScoped
@Path(DevicePageResource.PATH)
@Produces(MediaType.TEXT_HTML)
public class DevicePageResource {
    static final String PATH = "/device";

    private final DeviceLogins devices;
    private final Logins logins;
    private final RequestCaller caller;
    private final RequestBase base;

    /** For RESTEasy and the CDI proxy. */
    public DevicePageResource() {
        this(null, null, null, null);
    }

    @Inject
    DevicePageResource(DeviceLogins devices, Logins logins, RequestCaller caller, RequestBase base) {
        this.devices = devices;
        this.logins = logins;
        this.caller = caller;
        this.base = base;
    }

    /** The form. */
    @GET
    public Response form(@QueryParam("user_code") String code) {
        return page(200, DevicePage.form(caller.get().name(), code == null ? "" : code, ""))
                .build();
    }

    /** Lets the program in, or refuses it. */
    @POST
    public Response decide(@HeaderParam("Content-Type") String contentType, InputStream body) {
        FormBody form = FormBody.read(contentType, body);
        String code = form.text("user_code").orElse("");
        boolean allow = form.text("action").filter("allow"::equals).isPresent();
        try {
            Optional<Logins.Begun> begun = login(form);
            Caller who = begun.map(Logins.Begun::caller).orElseGet(caller::get);
            devices.decide(who, code, allow);
            Response.ResponseBuilder answer = page(200, DevicePage.done(allow));
            begun.ifPresent(login -> answer.header(
                    HttpHeaders.SET_COOKIE,
                    SessionCookie.of(login.session().cookie(), login.session().life(), base.secure())));
            return answer.build();
        } catch (HubException refusal) {
            String sentence = refusal.kind() == ErrorKind.UNAUTHENTICATED
                            && form.text("username").isEmpty()
                    ? "Please log in"
                    : refusal.sentence();
            return page(refusal.kind().status(), DevicePage.form(caller.get().name(), code, sentence))
                    .build();
        }
    }

    private Optional<Logins.Begun> login(FormBody form) {
        boolean wanted = caller.get().isAnonymous() && form.text("username").isPresent();
        return wanted
                ? Optional.of(logins.login(
                        form.text("username").get(), form.text("password").orElse("")))
                : Optional.empty();
    }

    private static Response.ResponseBuilder page(int status, String html) {
        return Response.status(status)
                .entity(html)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "same-origin") // none at all would take the Origin from the form, too
                .header("Cache-Control", "no-store");
    }
}
