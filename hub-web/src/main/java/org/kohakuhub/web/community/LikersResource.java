package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.kohakuhub.community.Likes;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.repo.RepoPath;

/** {@code GET …/likers}: huggingface_hub's {@code list_repo_likers}. */
@RequestScoped
@Path(RepoPath.API + "/likers")
public class LikersResource {
    private final Likes likes;
    private final RequestCaller caller;
    private final People people;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public LikersResource() {
        this(null, null, null);
    }

    @Inject
    public LikersResource(Likes likes, RequestCaller caller, People people) {
        this.likes = likes;
        this.caller = caller;
        this.people = people;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(
            @BeanParam RepoPath repo, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return people.answer(
                likes.likers(caller.get(), repo.repoId(), Optional.ofNullable(cursor), People.pageSize(limit)));
    }
}
