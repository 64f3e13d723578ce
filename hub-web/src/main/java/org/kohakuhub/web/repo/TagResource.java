package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.kohakuhub.repo.RefService;
import org.kohakuhub.repo.Revisions;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;
import org.kohakuhub.web.repo.BranchResource.Answer;

/**
 * Tags. In the client's form the path holds the revision to be tagged when a tag is made, and the tag when it is
 * removed; in the hub's own form the body holds both.
 */
@RequestScoped
@Path(RepoPath.API + "/tag{target: (/.+)?}")
public class TagResource {
    private final RefService refs;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public TagResource() {
        this(null, null);
    }

    @Inject
    public TagResource(RefService refs, RequestCaller caller) {
        this.refs = refs;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Answer create(@BeanParam RepoPath repo, @PathParam("target") String inPath, InputStream body) {
        JsonBody request = JsonBody.read(body);
        String tag = request.required("tag");
        String target = BranchResource.isNamed(inPath)
                ? inPath.substring(1)
                : request.text("revision").orElse(Revisions.DEFAULT_BRANCH);
        refs.createTag(caller.get(), repo.repoId(), tag, target, request.text("message"));
        return new Answer(true, "Tag " + tag + " created");
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    public Answer delete(@BeanParam RepoPath repo, @PathParam("target") String inPath) {
        String tag = BranchResource.isNamed(inPath) ? inPath.substring(1) : "";
        refs.deleteTag(caller.get(), repo.repoId(), tag);
        return new Answer(true, "Tag " + tag + " deleted");
    }
}
