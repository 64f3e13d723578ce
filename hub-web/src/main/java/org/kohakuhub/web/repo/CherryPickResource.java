package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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

/** {@code POST …/branch/{branch}/cherry-pick}: makes on the branch what another commit changed. */
@RequestScoped
@Path(RepoPath.API + "/branch/{branch}/cherry-pick")
public class CherryPickResource {
    private final BranchEditService branches;
    private final RequestCaller caller;

    /** For the proxy. */
    public CherryPickResource() {
        this(null, null);
    }

    @Inject
    CherryPickResource(BranchEditService branches, RequestCaller caller) {
        this.branches = branches;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public RevertResource.Reverted cherryPick(
            @BeanParam RepoPath repo, @PathParam("branch") String branch, InputStream body) {
        JsonBody asked = JsonBody.read(body);
        String commit = asked.required("ref");
        GitOid head = branches.cherryPick(
                caller.get(),
                repo.repoId(),
                Revision.parse(branch),
                Revision.parse(commit),
                RevertResource.parent(asked),
                asked.message());
        return new RevertResource.Reverted(true, "Picked " + commit + " onto " + branch, head.hex());
    }
}
