package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.kohakuhub.community.Likes;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.Done;
import org.kohakuhub.web.repo.RepoPath;

/** {@code POST} and {@code DELETE …/like}: the client's {@code unlike}, and what a page's button sends. */
@RequestScoped
@Path(RepoPath.API + "/like")
@Produces(MediaType.APPLICATION_JSON)
public class LikeResource {
    private final Likes likes;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public LikeResource() {
        this(null, null);
    }

    @Inject
    public LikeResource(Likes likes, RequestCaller caller) {
        this.likes = likes;
        this.caller = caller;
    }

    /** Likes the repository. */
    @POST
    public Done like(@BeanParam RepoPath repo) {
        likes.like(caller.get(), repo.repoId());
        return Done.because("Liked");
    }

    /** Takes a like back. */
    @DELETE
    public Done unlike(@BeanParam RepoPath repo) {
        likes.unlike(caller.get(), repo.repoId());
        return Done.because("Not liked any more");
    }
}
