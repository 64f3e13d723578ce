package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.kohakuhub.web.auth.RequestCaller;

/** {@code GET /api/organizations/{org}/settings/repositories}: what an organization has, as far as the caller sees it. */
@RequestScoped
@Path("/api/organizations/{org}/settings/repositories")
public class OrgReposResource {
    private final OwnedRepos owned;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public OrgReposResource() {
        this(null, null);
    }

    @Inject
    public OrgReposResource(OwnedRepos owned, RequestCaller caller) {
        this.owned = owned;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(
            @PathParam("org") String org, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        caller.user(); // a list for people who manage repositories, not for the public
        return owned.list(org, limit, cursor);
    }
}
