package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Revision;
import org.kohakuhub.repo.BranchEditService;
import org.kohakuhub.repo.Revisions;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;

/** {@code POST /api/repos/squash}: the default branch of {@code repo} becomes one commit. */
@RequestScoped
@Path("/api/repos/squash")
public class SquashResource {
    private final BranchEditService branches;
    private final RequestCaller caller;

    /** For the proxy. */
    public SquashResource() {
        this(null, null);
    }

    @Inject
    SquashResource(BranchEditService branches, RequestCaller caller) {
        this.branches = branches;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Answer squash(InputStream body) {
        JsonBody asked = JsonBody.read(body);
        String[] name = asked.required("repo").split("/", -1);
        if (name.length != 2) {
            throw new HubException(ErrorKind.INVALID, "Field repo must be namespace/name");
        }
        RepoType type = RepoType.parse(asked.text("type").orElse("model"));
        branches.squash(
                caller.get(),
                RepoAddress.read(type, name[0], name[1]),
                Revision.parse(Revisions.DEFAULT_BRANCH),
                Optional.empty());
        return new Answer(true, "The repository's default branch has one commit");
    }

    /** The field names are the contract's. */
    public record Answer(boolean success, String message) {}
}
