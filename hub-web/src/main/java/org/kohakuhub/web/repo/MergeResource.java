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
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Text;
import org.kohakuhub.repo.BranchEditService;
import org.kohakuhub.version.HistoryEdits.Preference;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;

/** {@code POST …/merge/{source}/into/{destination}}: one branch, or another revision, into a branch. */
@RequestScoped
@Path(RepoPath.API + "/merge/{source}/into/{destination}")
public class MergeResource {
    private final BranchEditService branches;
    private final RequestCaller caller;

    /** For the proxy. */
    public MergeResource() {
        this(null, null);
    }

    @Inject
    MergeResource(BranchEditService branches, RequestCaller caller) {
        this.branches = branches;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Merged merge(
            @BeanParam RepoPath repo,
            @PathParam("source") String source,
            @PathParam("destination") String destination,
            InputStream body) {
        JsonBody asked = JsonBody.read(body);
        GitOid head = branches.merge(
                caller.get(),
                repo.repoId(),
                Revision.parse(source),
                Revision.parse(destination),
                new BranchEditService.Merge(
                        asked.message(),
                        preference(asked),
                        asked.flag("squash_merge").orElse(false)));
        return new Merged(true, "Merged " + source + " into " + destination, new Result(head.hex()), head.hex());
    }

    private static Optional<Preference> preference(JsonBody asked) {
        return asked.text("strategy").filter(text -> !text.isEmpty()).map(text -> switch (text) {
            case "source-wins" -> Preference.SOURCE;
            case "dest-wins" -> Preference.DESTINATION;
            default ->
                throw new HubException(
                        ErrorKind.INVALID, "Field strategy must be source-wins or dest-wins, not " + Text.shown(text));
        });
    }

    /** What a merge answers. */
    public record Merged(
            boolean success,
            String message,
            Result result,
            @JsonbProperty("commit_id") String commitId) {}

    /** The commit that came out. */
    public record Result(String reference) {}
}
