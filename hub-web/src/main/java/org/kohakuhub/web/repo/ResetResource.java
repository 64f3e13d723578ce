package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.Revision;
import org.kohakuhub.repo.BranchEditService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;

/** {@code POST …/branch/{branch}/reset}: gives a branch the files of an earlier commit. */
@RequestScoped
@Path(RepoPath.API + "/branch/{branch}/reset")
public class ResetResource {
    private final BranchEditService branches;
    private final RequestCaller caller;

    /** For the proxy. */
    public ResetResource() {
        this(null, null);
    }

    @Inject
    ResetResource(BranchEditService branches, RequestCaller caller) {
        this.branches = branches;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Reset reset(@BeanParam RepoPath repo, @PathParam("branch") String branch, InputStream body) {
        JsonBody asked = JsonBody.read(body);
        String commit = asked.required("ref");
        GitOid head = branches.reset(
                caller.get(),
                repo.repoId(),
                Revision.parse(branch),
                Revision.parse(commit),
                asked.flag("force").orElse(false),
                asked.message());
        return new Reset(true, "Branch " + branch + " has the files of " + commit, head.hex());
    }

    /** What a reset answers. */
    public record Reset(
            boolean success,
            String message,
            @JsonbProperty("commit_id") String commitId) {}
}
