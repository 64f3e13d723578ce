package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
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
public class OrganizationPageResource extends AccountPage {
    private final Organizations organizations;
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
        super(overviews, follows, tools, true);
        this.organizations = organizations;
        this.follows = follows;
        this.tools = tools;
    }

    /** Who is in it. */
    @GET
    @Path("members")
    public Response members(
            @PathParam("name") String name, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return tools.people(follows.members(name, Optional.ofNullable(cursor), People.pageSize(limit)));
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
        Overview overview = overviewOf(name);
        return Response.ok(JsonAnswer.of(
                        json -> ProfileJson.writeOrganization(json, overview.profile(), overview.members())))
                .build();
    }
}
