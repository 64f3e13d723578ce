package org.kohakuhub.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.account.DeviceLogins;
import org.kohakuhub.web.auth.RateLimitFilter;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.json.FormBody;

/**
 * {@code /oauth/device} and {@code /oauth/token}: {@code hf auth login} without a token (RFC 8628). Answers and errors have
 * the form of that RFC, not of the hub's API.
 */
@RequestScoped
@Path("/oauth")
@Produces(MediaType.APPLICATION_JSON)
public class OAuthResource {
    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    /** What a program is told that asks too early. */
    private static final Set<String> WAITING = Set.of("authorization_pending", "slow_down");

    private final DeviceLogins logins;
    private final RequestBase base;
    private final HttpServletRequest request;

    /** For RESTEasy and the CDI proxy. */
    public OAuthResource() {
        this(null, null, null);
    }

    @Inject
    OAuthResource(DeviceLogins logins, RequestBase base, HttpServletRequest request) {
        this.logins = logins;
        this.base = base;
        this.request = request;
    }

    /** Begins a login. */
    @POST
    @Path("device")
    public Response begin(@HeaderParam("Content-Type") String contentType, InputStream body) {
        Optional<String> client = FormBody.read(contentType, body).text("client_id");
        if (client.isEmpty()) {
            return refused("invalid_request", "client_id is missing");
        }
        DeviceLogins.Begun begun = logins.begin(client.get());
        String page = base.base() + DevicePageResource.PATH;
        return fresh(Response.ok(new Device(
                begun.deviceCode(),
                begun.userCode(),
                page,
                page + "?user_code=" + begun.userCode(),
                DeviceLogins.LIFE.toSeconds(),
                DeviceLogins.INTERVAL.toSeconds())));
    }

    /** Asks whether the user has confirmed. */
    @POST
    @Path("token")
    public Response token(@HeaderParam("Content-Type") String contentType, InputStream body) {
        FormBody form = FormBody.read(contentType, body);
        String grant = form.text("grant_type").orElse("");
        if (!grant.equals(DEVICE_GRANT)) {
            return refused(
                    grant.isEmpty() ? "invalid_request" : "unsupported_grant_type",
                    "The only grant_type of this hub is " + DEVICE_GRANT);
        }
        Optional<String> code = form.text("device_code");
        Optional<String> client = form.text("client_id");
        if (code.isEmpty() || client.isEmpty()) {
            return refused("invalid_request", "device_code and client_id are needed");
        }
        DeviceLogins.Poll poll = logins.poll(code.get(), client.get());
        if (poll instanceof DeviceLogins.Poll.Granted granted) {
            return fresh(Response.ok(
                    new Token(granted.token(), "bearer", granted.life().toSeconds())));
        }
        DeviceLogins.Poll.Refused refused = (DeviceLogins.Poll.Refused) poll;
        if (WAITING.contains(refused.error())) {
            request.setAttribute(RateLimitFilter.NO_GUESS, true);
        }
        return refused(refused.error(), refused.sentence());
    }

    private static Response refused(String error, String sentence) {
        return fresh(Response.status(Response.Status.BAD_REQUEST).entity(new Refusal(error, sentence)));
    }

    private static Response fresh(Response.ResponseBuilder answer) {
        return answer.header("Cache-Control", "no-store").build();
    }

    /** The field names are RFC 8628's; times are seconds. */
    @JsonbPropertyOrder({
        "device_code",
        "user_code",
        "verification_uri",
        "verification_uri_complete",
        "expires_in",
        "interval"
    })
    public record Device(
            String device_code,
            String user_code,
            String verification_uri,
            String verification_uri_complete,
            long expires_in,
            long interval) {}

    /** The field names are RFC 6749's; {@code expires_in} is seconds. */
    public record Token(String access_token, String token_type, long expires_in) {}

    /** The field names are RFC 6749's. */
    public record Refusal(String error, String error_description) {}
}
