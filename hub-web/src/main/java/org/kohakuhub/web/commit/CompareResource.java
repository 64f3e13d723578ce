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
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Revision;
import org.kohakuhub.repo.HistoryService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.paging.Links;
import org.kohakuhub.web.repo.PageSize;
import org.kohakuhub.web.repo.RepoPath;

/** {@code GET /api/{type}s/{ns}/{name}/compare/{a}..{b}}: what is different between two revisions. */
@RequestScoped
@Path(RepoPath.API + "/compare/{range}")
public class CompareResource {
    private static final String DOTS = "..";

    private final HistoryService history;
    private final RequestCaller caller;
    private final Links links;

    /** For the proxy. */
    public CompareResource() {
        this(null, null, null);
    }

    @Inject
    CompareResource(HistoryService history, RequestCaller caller, Links links) {
        this.history = history;
        this.caller = caller;
        this.links = links;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response compare(
            @BeanParam RepoPath repo,
            @PathParam("range") String range,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") @DefaultValue("") String cursor) {
        int dots = range.indexOf(DOTS); // no ref has two dots in its name
        if (dots <= 0 || dots + DOTS.length() == range.length()) {
            throw new HubException(ErrorKind.INVALID, "Two revisions are compared as a..b");
        }
        HistoryService.Changes changes = history.compare(
                caller.get(),
                repo.repoId(),
                Revision.parse(range.substring(0, dots)),
                Revision.parse(range.substring(dots + DOTS.length())),
                cursor,
                PageSize.read(limit, DiffResource.PAGE, DiffResource.PAGE));
        return DiffResource.answer(changes, links);
    }
}
