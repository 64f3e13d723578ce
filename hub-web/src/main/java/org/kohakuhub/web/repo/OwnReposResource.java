package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.kohakuhub.web.auth.RequestCaller;

/**
 * {@code GET /api/settings/repositories}: what the caller himself has, of all types ({@code hf repos ls}); and
 * {@code GET /api/organizations/{org}/settings/repositories}, which is {@link OrgReposResource}'s.
 */
@RequestScoped
@Path("/api/settings/repositories")
public class OwnReposResource {
    private final OwnedRepos owned;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public OwnReposResource() {
        this(null, null);
    }

    @Inject
    public OwnReposResource(OwnedRepos owned, RequestCaller caller) {
        this.owned = owned;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return owned.list(caller.user().username(), limit, cursor);
    }
}
