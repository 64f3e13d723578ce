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
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.repo.RepositoryCatalog;
import org.kohakuhub.repo.RepositoryInfo;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.weights.WeightsService;

/** {@code GET /api/{type}s/{ns}/{name}} and {@code …/revision/{revision}}. */
@RequestScoped
@Path(RepoPath.API + "{revision: (/revision/[^/]+)?}")
public class RepoInfoResource {
    private static final String BEFORE_REVISION = "/revision/";

    private final RepositoryCatalog catalog;
    private final WeightsService weights;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public RepoInfoResource() {
        this(null, null, null);
    }

    @Inject
    public RepoInfoResource(RepositoryCatalog catalog, WeightsService weights, RequestCaller caller) {
        this.catalog = catalog;
        this.weights = weights;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response info(
            @BeanParam RepoPath repo,
            @PathParam("revision") String revision,
            @QueryParam("blobs") String blobs,
            @QueryParam("securityStatus") String security,
            @QueryParam("expand") List<String> expand,
            @QueryParam("expand[]") List<String> expandInBrackets) {
        RepoId name = repo.repoId();
        Fields fields = Fields.ofOne(
                name.type(),
                Stream.concat(expand.stream(), expandInBrackets.stream()).toList());
        RepositoryInfo info = catalog.info(caller.get(), name, revision(revision));
        var inside = new RepositoryJson.Inside(
                false,
                info.commit(),
                catalog.facts(caller.get(), info.repository(), fields.facts()),
                QueryFlag.isSet(blobs),
                QueryFlag.isSet(security),
                () -> weights.weights(info),
                () -> weights.mainSize(info),
                each -> catalog.forEachFile(info, each));
        return Response.ok(JsonAnswer.of(
                        json -> RepositoryJson.write(json, info.repository(), info.card(), fields, inside)))
                .build();
    }

    private static Optional<Revision> revision(String inPath) {
        return Optional.ofNullable(inPath)
                .filter(text -> text.startsWith(BEFORE_REVISION))
                .map(text -> Revision.parse(text.substring(BEFORE_REVISION.length())));
    }
}
