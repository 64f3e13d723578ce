package org.kohakuhub.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.kohakuhub.account.Accounts;
import org.kohakuhub.account.TokenRecord;
import org.kohakuhub.account.UserRecord;
import org.kohakuhub.org.Belonging;
import org.kohakuhub.org.Organizations;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.Dates;

/** {@code GET /api/whoami-v2}: huggingface_hub's {@code whoami}, which {@code hf auth login} asks to judge a token. */
@RequestScoped
@Path("/api/whoami-v2")
@Produces(MediaType.APPLICATION_JSON)
public class WhoAmIResource {
    private final Accounts accounts;
    private final Organizations organizations;
    private final RequestCaller caller;
    private final RequestBase base;

    /** For RESTEasy and the CDI proxy. */
    public WhoAmIResource() {
        this(null, null, null, null);
    }

    @Inject
    WhoAmIResource(Accounts accounts, Organizations organizations, RequestCaller caller, RequestBase base) {
        this.accounts = accounts;
        this.organizations = organizations;
        this.caller = caller;
        this.base = base;
    }

    /** The caller, his organizations, and the token that he showed. */
    @GET
    public Answer whoAmI() {
        UserRecord user = accounts.user(caller.get());
        return new Answer(
                "user",
                user.id(),
                user.name(),
                user.fullName().orElse(user.name()),
                user.email().orElse(null),
                user.emailVerified(),
                false,
                base.base() + "/api/users/" + user.name() + "/avatar",
                organizations.ofUser(user.id()).stream().map(this::shown).toList(),
                caller.token().map(WhoAmIResource::byToken).orElse(new Auth("session", null)));
    }

    private Org shown(Belonging org) {
        return new Org(
                "org",
                org.id(),
                org.name(),
                org.fullName().orElse(org.name()),
                false,
                base.base() + "/api/organizations/" + org.name() + "/avatar",
                org.role().text());
    }

    private static Auth byToken(TokenRecord token) {
        return new Auth(
                "access_token", new AccessToken(token.name(), token.role().text(), Dates.text(token.createdAt())));
    }

    /** The field names are the contract's. {@code orgs} is a list even when it is empty. */
    public record Answer(
            String type,
            String id,
            String name,
            String fullname,
            String email,
            boolean emailVerified,
            boolean isPro,
            String avatarUrl,
            List<Org> orgs,
            Auth auth) {}

    /** The field names are the contract's. */
    public record Org(
            String type,
            String id,
            String name,
            String fullname,
            boolean isEnterprise,
            String avatarUrl,
            String roleInOrg) {}

    /** The field names are the contract's. */
    public record Auth(String type, AccessToken accessToken) {}

    /** The field names are the contract's. */
    public record AccessToken(String displayName, String role, String createdAt) {}
}
