package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.kohakuhub.community.Follows;
import org.kohakuhub.community.Overview;
import org.kohakuhub.community.Overviews;
import org.kohakuhub.org.Organizations;
import org.kohakuhub.web.json.Done;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;

/** {@code /api/organizations/{name}/…}: what an organization tells of itself, its members and followers. */
@RequestScoped
@Path("/api/organizations/{name}")
@Produces(MediaType.APPLICATION_JSON)
public class OrganizationPageResource {
    private final Organizations organizations;
    private final Overviews overviews;
    private final Follows follows;
    private final PageTools tools;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public OrganizationPageResource() {
        this(null, null, null, null);
    }

    @Inject
    public OrganizationPageResource(
            Organizations organizations, Overviews overviews, Follows follows, PageTools tools) {
        this.organizations = organizations;
        this.overviews = overviews;
        this.follows = follows;
        this.tools = tools;
    }

    /** The client's {@code get_organization_overview}. */
    @GET
    @Path("overview")
    public Response overview(@PathParam("name") String name) {
        return Response.ok(tools.overview(overviews.of(tools.caller(), name, true)))
                .build();
    }

    /** Who is in it. */
    @GET
    @Path("members")
    public Response members(
            @PathParam("name") String name, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return tools.people(follows.members(name, Optional.ofNullable(cursor), People.pageSize(limit)));
    }

    /** Who follows it. */
    @GET
    @Path("followers")
    public Response followers(
            @PathParam("name") String name, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return tools.people(follows.followers(name, true, Optional.ofNullable(cursor), People.pageSize(limit)));
    }

    /** Follows it. */
    @POST
    @Path("follow")
    public Done follow(@PathParam("name") String name) {
        follows.follow(tools.caller(), name, true);
        return Done.because("Followed");
    }

    /** Follows it no longer. */
    @DELETE
    @Path("follow")
    public Done unfollow(@PathParam("name") String name) {
        follows.unfollow(tools.caller(), name, true);
        return Done.because("Not followed any more");
    }

    /** Changes what it tells of itself. */
    @PUT
    @Path("settings")
    public Done change(@PathParam("name") String name, InputStream body) {
        organizations.describe(tools.caller(), name, ProfileJson.change(JsonBody.read(body)));
        return Done.because("Settings changed");
    }

    /** What everybody may know of it. */
    @GET
    @Path("profile")
    public Response profile(@PathParam("name") String name) {
        Overview overview = overviews.of(tools.caller(), name, true);
        return Response.ok(JsonAnswer.of(
                        json -> ProfileJson.writeOrganization(json, overview.profile(), overview.members())))
                .build();
    }
}
