package org.kohakuhub.web.content;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.Revision;
import org.kohakuhub.content.ListedEntry;
import org.kohakuhub.content.TreeService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.repo.RepoPath;

/** {@code POST /api/{type}s/{ns}/{name}/paths-info/{revision}}: what is at these paths. */
@RequestScoped
@Path(RepoPath.API + "/paths-info/{revision}")
public class PathsInfoResource {
    private final TreeService trees;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public PathsInfoResource() {
        this(null, null);
    }

    @Inject
    public PathsInfoResource(TreeService trees, RequestCaller caller) {
        this.trees = trees;
        this.caller = caller;
    }

    /** The body is a form from the Python client and JSON from others. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response paths(
            @BeanParam RepoPath repo,
            @PathParam("revision") String revision,
            @HeaderParam("Content-Type") String contentType,
            InputStream body) {
        PathsQuestion question = PathsQuestion.read(contentType, body);
        List<FilePath> paths = question.paths().stream()
                .map(AskedPath::read)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        List<ListedEntry> entries =
                trees.paths(caller.get(), repo.repoId(), Revision.parse(revision), paths, question.expand());
        return Response.ok(JsonAnswer.of(json -> EntryJson.write(json, entries)))
                .build();
    }
}
