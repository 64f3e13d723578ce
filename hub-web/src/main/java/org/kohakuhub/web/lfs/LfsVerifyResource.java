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
import org.kohakuhub.lfs.BatchService;
import org.kohakuhub.web.auth.RequestCaller;

/** {@code POST /{repo}.git/info/lfs/verify}: the client has sent the bytes, the hub looks at them. */
@RequestScoped
@Path(LfsPaths.REPO + "/info/lfs/verify")
@LfsErrors
public class LfsVerifyResource {
    private final BatchService batches;
    private final RequestCaller caller;

    /** For RESTEasy and the CDI proxy. */
    public LfsVerifyResource() {
        this(null, null);
    }

    @Inject
    LfsVerifyResource(BatchService batches, RequestCaller caller) {
        this.batches = batches;
        this.caller = caller;
    }

    /** Answers when all bytes were read; asking again is no error. */
    @POST
    @Produces({LfsPaths.JSON, MediaType.APPLICATION_JSON})
    public Response verify(@PathParam("repo") String repo, InputStream body) {
        LfsBodies.Claim claim = LfsBodies.claim(body);
        batches.verify(caller.get(), LfsPaths.repo(repo), claim.oid(), claim.size());
        return Response.ok(LfsAnswers.done(), LfsPaths.JSON).build();
    }
}
