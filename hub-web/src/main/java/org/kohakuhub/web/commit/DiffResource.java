package org.kohakuhub.web.commit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.kohakuhub.common.Revision;
import org.kohakuhub.repo.HistoryService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.paging.Links;
import org.kohakuhub.web.repo.PageSize;
import org.kohakuhub.web.repo.RepoPath;

/** {@code GET /api/{type}s/{ns}/{name}/commit/{id}/diff}: what a commit changed, against its first parent. */
@RequestScoped
@Path(RepoPath.API + "/commit/{revision}/diff")
public class DiffResource {
    static final int PAGE = 1_000;

    private final HistoryService history;
    private final RequestCaller caller;
    private final Links links;

    /** For the proxy. */
    public DiffResource() {
        this(null, null, null);
    }

    @Inject
    DiffResource(HistoryService history, RequestCaller caller, Links links) {
        this.history = history;
        this.caller = caller;
        this.links = links;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response diff(
            @BeanParam RepoPath repo,
            @PathParam("revision") String revision,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") @DefaultValue("") String cursor) {
        HistoryService.Changes changes = history.changes(
                caller.get(), repo.repoId(), Revision.parse(revision), cursor, PageSize.read(limit, PAGE, PAGE));
        return answer(changes, links);
    }

    static Response answer(HistoryService.Changes changes, Links links) {
        Response.ResponseBuilder answer = Response.ok(JsonAnswer.of(json -> ChangesJson.write(json, changes)));
        ChangesJson.next(changes).ifPresent(next -> answer.header("Link", links.next("cursor", next)));
        return answer.build();
    }
}
