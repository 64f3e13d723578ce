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
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;

/** Branches: the client's form names the branch in the path, the hub's own form in the body. */
@RequestScoped
@Path(RepoPath.API + "/branch{branch: (/.+)?}")
public class BranchResource {
    private final RefService refs;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public BranchResource() {
        this(null, null);
    }

    @Inject
    public BranchResource(RefService refs, RequestCaller caller) {
        this.refs = refs;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Answer create(@BeanParam RepoPath repo, @PathParam("branch") String inPath, InputStream body) {
        JsonBody request = JsonBody.read(body);
        if (isNamed(inPath)) {
            String branch = inPath.substring(1);
            refs.createBranch(caller.get(), repo.repoId(), branch, request.text("startingPoint"));
            return new Answer(true, "Branch " + branch + " created");
        }
        String branch = request.required("branch");
        refs.createBranch(caller.get(), repo.repoId(), branch, request.text("revision"));
        return new Answer(true, "Branch " + branch + " created");
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    public Answer delete(@BeanParam RepoPath repo, @PathParam("branch") String inPath) {
        String branch = isNamed(inPath) ? inPath.substring(1) : "";
        refs.deleteBranch(caller.get(), repo.repoId(), branch);
        return new Answer(true, "Branch " + branch + " deleted");
    }

    static boolean isNamed(String inPath) {
        return inPath != null && inPath.length() > 1;
    }

    /** The fields of the hub's own form; the client's reads none. */
    public record Answer(boolean success, String message) {}
}
