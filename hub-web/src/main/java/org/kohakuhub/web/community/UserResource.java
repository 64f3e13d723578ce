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
import org.kohakuhub.account.Profiles;
import org.kohakuhub.community.Follows;
import org.kohakuhub.community.Likes;
import org.kohakuhub.community.Overviews;
import org.kohakuhub.community.Slice;
import org.kohakuhub.web.json.Done;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;

/** {@code /api/users/{name}/…}: what a user tells of himself, likes and follows. */
@RequestScoped
@Path("/api/users/{name}")
@Produces(MediaType.APPLICATION_JSON)
public class UserResource {
    private final Profiles profiles;
    private final Overviews overviews;
    private final Follows follows;
    private final Likes likes;
    private final PageTools tools;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public UserResource() {
        this(null, null, null, null, null);
    }

    @Inject
    public UserResource(Profiles profiles, Overviews overviews, Follows follows, Likes likes, PageTools tools) {
        this.profiles = profiles;
        this.overviews = overviews;
        this.follows = follows;
        this.likes = likes;
        this.tools = tools;
    }

    /** The client's {@code get_user_overview}. */
    @GET
    @Path("overview")
    public Response overview(@PathParam("name") String name) {
        return Response.ok(tools.overview(overviews.of(tools.caller(), name, false)))
                .build();
    }

    /** Who follows the user. */
    @GET
    @Path("followers")
    public Response followers(
            @PathParam("name") String name, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return tools.people(follows.followers(name, false, Optional.ofNullable(cursor), People.pageSize(limit)));
    }

    /** Whom the user follows. */
    @GET
    @Path("following")
    public Response following(
            @PathParam("name") String name, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return tools.people(follows.following(name, Optional.ofNullable(cursor), People.pageSize(limit)));
    }

    /** What the user likes. */
    @GET
    @Path("likes")
    public Response likes(
            @PathParam("name") String name, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        Slice<Likes.Liked> page = likes.of(tools.caller(), name, Optional.ofNullable(cursor), People.pageSize(limit));
        return tools.linked(Response.ok(page.items().stream().map(Liked::of).toArray(Liked[]::new)), page.next());
    }

    /** Follows the user. */
    @POST
    @Path("follow")
    public Done follow(@PathParam("name") String name) {
        follows.follow(tools.caller(), name, false);
        return Done.because("Followed");
    }

    /** Follows the user no longer. */
    @DELETE
    @Path("follow")
    public Done unfollow(@PathParam("name") String name) {
        follows.unfollow(tools.caller(), name, false);
        return Done.because("Not followed any more");
    }

    /** Changes what the user tells of himself. */
    @PUT
    @Path("settings")
    public Done change(@PathParam("name") String name, InputStream body) {
        profiles.change(tools.caller(), name, ProfileJson.change(JsonBody.read(body)));
        return Done.because("Settings changed");
    }

    /** Whether the name is a user's; organizations have an answer here too, for who has only a name. */
    @GET
    @Path("type")
    public ProfileJson.Kind type(@PathParam("name") String name) {
        return ProfileJson.kind(tools.account(name));
    }

    /** What everybody may know of the user. */
    @GET
    @Path("profile")
    public Response profile(@PathParam("name") String name) {
        return Response.ok(JsonAnswer.of(json -> ProfileJson.writeUser(json, profiles.find(name, false))))
                .build();
    }

    /** The field names are the contract's. */
    public record Liked(String createdAt, LikedRepo repo) {
        static Liked of(Likes.Liked liked) {
            return new Liked(
                    JsonAnswer.date(liked.at()),
                    new LikedRepo(liked.repo().fullName(), liked.repo().type().singular()));
        }
    }

    /** The field names are the contract's. */
    public record LikedRepo(String name, String type) {}
}
