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
public class UserResource extends AccountPage {
    private final Profiles profiles;
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
        super(overviews, follows, tools, false);
        this.profiles = profiles;
        this.follows = follows;
        this.likes = likes;
        this.tools = tools;
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
