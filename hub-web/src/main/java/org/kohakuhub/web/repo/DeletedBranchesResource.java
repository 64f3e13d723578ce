package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.repo.DeletedBranchService;
import org.kohakuhub.repo.DeletedBranchService.Deleted;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.paging.Links;

/** {@code …/branches/deleted}: branches that can be had back. */
@RequestScoped
@Path(RepoPath.API + "/branches/deleted")
@Produces(MediaType.APPLICATION_JSON)
public class DeletedBranchesResource {
    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 500;

    private final DeletedBranchService branches;
    private final RequestCaller caller;
    private final Links links;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public DeletedBranchesResource() {
        this(null, null, null);
    }

    @Inject
    public DeletedBranchesResource(DeletedBranchService branches, RequestCaller caller, Links links) {
        this.branches = branches;
        this.caller = caller;
        this.links = links;
    }

    @GET
    public Response all(
            @BeanParam RepoPath repo, @QueryParam("cursor") String cursor, @QueryParam("limit") String limit) {
        DeletedBranchService.Page page = branches.all(
                caller.get(), repo.repoId(), Optional.ofNullable(cursor), PageSize.read(limit, PAGE, LONGEST_PAGE));
        Response.ResponseBuilder answer =
                Response.ok(page.branches().stream().map(Branch::of).toArray(Branch[]::new));
        page.next().ifPresent(next -> answer.header("Link", links.next("cursor", next)));
        return answer.build();
    }

    @POST
    @Path("{branch: .+}/restore")
    public Restored restore(@BeanParam RepoPath repo, @PathParam("branch") String branch) {
        GitOid head = branches.restore(caller.get(), repo.repoId(), branch);
        return new Restored(true, "Branch " + branch + " restored", head.hex());
    }

    /** A deleted branch. */
    public record Branch(
            String name,
            @JsonbProperty("target_commit") String commit,
            @JsonbProperty("deleted_by") String deletedBy,
            @JsonbProperty("deleted_at") String deletedAt,
            @JsonbProperty("restorable_until") String until) {
        static Branch of(Deleted deleted) {
            return new Branch(
                    deleted.branch().name(),
                    deleted.branch().head().hex(),
                    deleted.branch().actor(),
                    JsonAnswer.date(deleted.branch().removedAt()),
                    JsonAnswer.date(deleted.until()));
        }
    }

    /** What a restoration answers. */
    public record Restored(
            boolean success,
            String message,
            @JsonbProperty("commit_id") String commitId) {}
}
