package org.kohakuhub.web.lfs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.kohakuhub.lfs.BatchAnswer;
import org.kohakuhub.lfs.BatchService;
import org.kohakuhub.lfs.Visit;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;

/** {@code POST /{repo}.git/info/lfs/objects/batch}: which objects to send or fetch, and where. */
@RequestScoped
@Path(LfsPaths.REPO + "/info/lfs/objects/batch")
@LfsErrors
public class LfsBatchResource {
    private final BatchService batches;
    private final RequestCaller caller;
    private final RequestBase base;

    /** For RESTEasy and the CDI proxy. */
    public LfsBatchResource() {
        this(null, null, null);
    }

    @Inject
    LfsBatchResource(BatchService batches, RequestCaller caller, RequestBase base) {
        this.batches = batches;
        this.caller = caller;
        this.base = base;
    }

    /** Each object is answered for itself, also when it is refused. */
    @POST
    @Produces({LfsPaths.JSON, MediaType.APPLICATION_JSON})
    public Response batch(@PathParam("repo") String repo, InputStream body) {
        BatchAnswer answer = batches.batch(
                caller.get(), LfsPaths.repo(repo), LfsBodies.batch(body), new Visit(base.base(), base.audience()));
        return Response.ok(LfsAnswers.batch(answer), LfsPaths.JSON).build();
    }
}
