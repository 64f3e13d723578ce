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
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Revision;
import org.kohakuhub.repo.BranchEditService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;

/** {@code POST …/branch/{branch}/revert}: takes back what a commit changed. */
@RequestScoped
@Path(RepoPath.API + "/branch/{branch}/revert")
public class RevertResource {
    private final BranchEditService branches;
    private final RequestCaller caller;

    /** For the proxy. */
    public RevertResource() {
        this(null, null);
    }

    @Inject
    RevertResource(BranchEditService branches, RequestCaller caller) {
        this.branches = branches;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Reverted revert(@BeanParam RepoPath repo, @PathParam("branch") String branch, InputStream body) {
        JsonBody asked = JsonBody.read(body);
        String commit = asked.required("ref");
        GitOid head = branches.revert(
                caller.get(),
                repo.repoId(),
                Revision.parse(branch),
                Revision.parse(commit),
                parent(asked),
                asked.message());
        return new Reverted(true, "Reverted " + commit + " on " + branch, head.hex());
    }

    static int parent(JsonBody asked) {
        long parent = asked.whole("parent_number").orElse(0L);
        if (parent < 0 || parent > Short.MAX_VALUE) {
            throw new HubException(ErrorKind.INVALID, "Field parent_number must name a parent, from 1");
        }
        return (int) parent;
    }

    /** What a revert answers. */
    public record Reverted(
            boolean success,
            String message,
            @JsonbProperty("new_commit_id") String commitId) {}
}
