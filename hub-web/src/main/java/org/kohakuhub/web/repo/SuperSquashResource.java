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

/** {@code POST …/super-squash/{branch}}: huggingface_hub's {@code super_squash_history}. */
@RequestScoped
@Path(RepoPath.API + "/super-squash/{branch}")
public class SuperSquashResource {
    private final BranchEditService branches;
    private final RequestCaller caller;

    /** For the proxy. */
    public SuperSquashResource() {
        this(null, null);
    }

    @Inject
    SuperSquashResource(BranchEditService branches, RequestCaller caller) {
        this.branches = branches;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Reset squash(@BeanParam RepoPath repo, @PathParam("branch") String branch, InputStream body) {
        GitOid head = branches.squash(
                caller.get(),
                repo.repoId(),
                Revision.parse(branch),
                JsonBody.read(body).message());
        return new Reset(true, "Branch " + branch + " has one commit", head.hex());
    }

    /** What a squash answers. */
    public record Reset(
            boolean success,
            String message,
            @JsonbProperty("commit_id") String commitId) {}
}
