package org.kohakuhub.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import org.kohakuhub.account.TokenRecord;
import org.kohakuhub.account.TokenRole;
import org.kohakuhub.account.Tokens;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.Dates;
import org.kohakuhub.web.json.Done;
import org.kohakuhub.web.json.JsonBody;

/** {@code /api/auth/tokens}: the caller's API tokens. */
@RequestScoped
@Path("/api/auth/tokens")
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {
    private final Tokens tokens;
    private final RequestCaller caller;

    /** For RESTEasy and the CDI proxy. */
    public TokenResource() {
        this(null, null);
    }

    @Inject
    TokenResource(Tokens tokens, RequestCaller caller) {
        this.tokens = tokens;
        this.caller = caller;
    }

    /** All of them, without their texts. */
    @GET
    public Listing list() {
        return new Listing(tokens.list(caller.get()).stream().map(Shown::of).toList());
    }

    /** Makes one; the answer is the only one that holds its text. */
    @POST
    @Path("create")
    public Created create(InputStream body) {
        JsonBody json = JsonBody.read(body);
        TokenRole role = json.text("role").map(TokenRole::parse).orElse(TokenRole.WRITE);
        Tokens.Created created = tokens.create(caller.get(), json.required("name"), role);
        return new Created(
                true,
                created.text(),
                created.token().id(),
                created.sessionSecret(),
                "Keep this token: it will not be shown again");
    }

    /** Makes one useless. */
    @DELETE
    @Path("{id}")
    public Done delete(@PathParam("id") String id) {
        tokens.delete(caller.get(), id);
        return Done.because("Token deleted");
    }

    /** The field names are the original's. */
    public record Listing(List<Shown> tokens) {}

    /** The field names are the original's, with what it lacks: role and expiry. */
    public record Shown(String id, String name, String role, String last_used, String created_at, String expires_at) {
        static Shown of(TokenRecord token) {
            return new Shown(
                    token.id(),
                    token.name(),
                    token.role().text(),
                    token.lastUsed().map(Dates::text).orElse(null),
                    Dates.text(token.createdAt()),
                    token.expiresAt().map(Dates::text).orElse(null));
        }
    }

    /** The field names are the original's. */
    public record Created(boolean success, String token, String token_id, String session_secret, String message) {}
}
