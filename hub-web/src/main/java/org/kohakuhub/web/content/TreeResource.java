package org.kohakuhub.web.content;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Revision;
import org.kohakuhub.content.TreeService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.paging.Links;
import org.kohakuhub.web.repo.PageSize;
import org.kohakuhub.web.repo.QueryFlag;
import org.kohakuhub.web.repo.RepoPath;

/**
 * {@code GET /api/{type}s/{ns}/{name}/tree/{revision}[/{path}]}. The client quotes the whole path as one segment;
 * slashes that are left as they are mean the same.
 */
@RequestScoped
@Path(RepoPath.API + "/tree/{revision}{path: (/.*)?}")
public class TreeResource {
    private static final int PAGE = 1_000;

    /** Where each entry's newest commit is looked for. */
    private static final int PAGE_WITH_COMMITS = 50;

    private final TreeService trees;
    private final RequestCaller caller;
    private final Links links;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public TreeResource() {
        this(null, null, null);
    }

    @Inject
    public TreeResource(TreeService trees, RequestCaller caller, Links links) {
        this.trees = trees;
        this.caller = caller;
        this.links = links;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(
            @BeanParam RepoPath repo,
            @PathParam("revision") String revision,
            @PathParam("path") String path,
            @QueryParam("recursive") String recursive,
            @QueryParam("expand") String expand,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        boolean commits = QueryFlag.isSet(expand);
        int longest = commits ? PAGE_WITH_COMMITS : PAGE;
        TreeService.Page page = trees.list(
                caller.get(),
                repo.repoId(),
                new TreeService.Wanted(Revision.parse(revision), folder(path), QueryFlag.isSet(recursive), commits),
                cursor == null ? "" : cursor,
                PageSize.read(limit, longest, longest));
        Response.ResponseBuilder answer = Response.ok(JsonAnswer.of(json -> EntryJson.write(json, page.entries())));
        page.next().ifPresent(next -> answer.header("Link", links.next("cursor", next)));
        return answer.build();
    }

    private static Optional<FilePath> folder(String path) {
        String stripped = AskedPath.stripped(path == null ? "" : path);
        if (stripped.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(AskedPath.read(stripped)
                .orElseThrow(() -> new HubException(ErrorKind.ENTRY_NOT_FOUND, "Entry not found")));
    }
}
