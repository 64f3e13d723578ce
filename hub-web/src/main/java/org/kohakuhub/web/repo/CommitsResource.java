package org.kohakuhub.web.repo;

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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohakuhub.common.Revision;
import org.kohakuhub.repo.HistoryService;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.paging.Links;

/** {@code GET /api/{type}s/{ns}/{name}/commits/{revision}}: the log, newest first, a page at a time. */
@RequestScoped
@Path(RepoPath.API + "/commits/{revision: .+}")
public class CommitsResource {
    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 1_000;

    private final HistoryService history;
    private final RequestCaller caller;
    private final Links links;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public CommitsResource() {
        this(null, null, null);
    }

    @Inject
    public CommitsResource(HistoryService history, RequestCaller caller, Links links) {
        this.history = history;
        this.caller = caller;
        this.links = links;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response commits(
            @BeanParam RepoPath repo,
            @PathParam("revision") String revision,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor,
            @QueryParam("expand") List<String> expand,
            @QueryParam("expand[]") List<String> expandInBrackets) {
        boolean formatted =
                Stream.concat(expand.stream(), expandInBrackets.stream()).anyMatch("formatted"::equals);
        HistoryService.Page page = history.log(
                caller.get(),
                repo.repoId(),
                Revision.parse(revision),
                Optional.ofNullable(cursor),
                PageSize.read(limit, PAGE, LONGEST_PAGE));
        Response.ResponseBuilder answer = Response.ok(page.commits().stream()
                .map(commit -> Commit.of(commit, formatted))
                .toArray(Commit[]::new));
        page.next().ifPresent(next -> answer.header("Link", links.next("cursor", next)));
        return answer.build();
    }

    /**
     * The field names are the contract's.
     *
     * @param formatted title and message as HTML, where that was asked for
     */
    public record Commit(
            String id, String title, String message, List<CommitAuthor> authors, String date, Formatted formatted) {
        static Commit of(CommitRecord commit, boolean formatted) {
            return new Commit(
                    commit.oid().hex(),
                    commit.title(),
                    commit.message(),
                    List.of(new CommitAuthor(commit.authorName())),
                    JsonAnswer.date(commit.date()),
                    formatted ? new Formatted(html(commit.title()), html(commit.message())) : null);
        }

        private static String html(String text) {
            return text.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;");
        }
    }

    /** Whom a commit names. */
    public record CommitAuthor(String user) {}

    /** A message as HTML. */
    public record Formatted(String title, String message) {}
}
