package org.kohakuhub.web.community;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.kohakuhub.community.Follows;
import org.kohakuhub.community.Overview;
import org.kohakuhub.community.Overviews;
import org.kohakuhub.web.json.Done;

/** What users and organizations both have below their addresses: an overview and followers. */
public abstract class AccountPage {
    private final Overviews overviews;
    private final Follows follows;
    private final PageTools tools;
    private final boolean organization;

    /**
     * @param organization whether the addresses are of organizations
     */
    protected AccountPage(Overviews overviews, Follows follows, PageTools tools, boolean organization) {
        this.overviews = overviews;
        this.follows = follows;
        this.tools = tools;
        this.organization = organization;
    }

    /** What its page shows, for whoever asks. */
    protected Overview overviewOf(String name) {
        return overviews.of(tools.caller(), name, organization);
    }

    /** The client's {@code get_user_overview} and {@code get_organization_overview}. */
    @GET
    @Path("overview")
    public Response overview(@PathParam("name") String name) {
        return Response.ok(tools.overview(overviewOf(name))).build();
    }

    /** Who follows. */
    @GET
    @Path("followers")
    public Response followers(
            @PathParam("name") String name, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return tools.people(follows.followers(name, organization, Optional.ofNullable(cursor), People.pageSize(limit)));
    }

    /** Follows. */
    @POST
    @Path("follow")
    public Done follow(@PathParam("name") String name) {
        follows.follow(tools.caller(), name, organization);
        return Done.because("Followed");
    }

    /** Follows no longer. */
    @DELETE
    @Path("follow")
    public Done unfollow(@PathParam("name") String name) {
        follows.unfollow(tools.caller(), name, organization);
        return Done.because("Not followed any more");
    }
}
