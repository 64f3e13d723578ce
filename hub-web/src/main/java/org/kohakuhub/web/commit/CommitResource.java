package org.kohakuhub.web.commit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.kohakuhub.commit.CommitResult;
import org.kohakuhub.commit.CommitService;
import org.kohakuhub.common.Revision;
import org.kohakuhub.repo.HistoryService;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.repo.QueryFlag;
import org.kohakuhub.web.repo.RepoPath;

/**
 * {@code POST /api/{type}s/{ns}/{name}/commit/{revision}}: huggingface_hub's {@code create_commit}; a GET shows one that is
 * there.
 */
@RequestScoped
@Path(RepoPath.API + "/commit/{revision}")
public class CommitResource {
    private final CommitService commits;
    private final HistoryService history;
    private final RequestCaller caller;
    private final RequestBase base;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public CommitResource() {
        this(null, null, null, null);
    }

    @Inject
    public CommitResource(CommitService commits, HistoryService history, RequestCaller caller, RequestBase base) {
        this.commits = commits;
        this.history = history;
        this.caller = caller;
        this.base = base;
    }

    /** The body is NDJSON, whatever its type says; it is not touched before the caller's right is clear. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Answer commit(
            @BeanParam RepoPath repo,
            @PathParam("revision") String revision,
            @QueryParam("create_pr") String createPr,
            InputStream body) {
        Revision at = Revision.parse(revision);
        try (CommitLines lines = new CommitLines(body)) {
            CommitResult made = QueryFlag.isSet(createPr)
                    ? commits.propose(caller.get(), repo.repoId(), at, lines)
                    : commits.commit(caller.get(), repo.repoId(), at, lines);
            String url = base.base() + "/" + made.repo().urlPath();
            return new Answer(
                    true,
                    url + "/commit/" + made.head(),
                    made.head().hex(),
                    "",
                    made.pull().map(num -> url + "/discussions/" + num).orElse(null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One commit. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public ShownCommit show(@BeanParam RepoPath repo, @PathParam("revision") String revision) {
        return ShownCommit.of(history.commit(caller.get(), repo.repoId(), Revision.parse(revision)));
    }

    /**
     * The field names are the contract's.
     *
     * @param pullRequestUrl only where one was opened
     */
    public record Answer(
            boolean success, String commitUrl, String commitOid, String hookOutput, String pullRequestUrl) {}
}
