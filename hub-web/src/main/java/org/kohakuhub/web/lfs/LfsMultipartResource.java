package org.kohakuhub.web.lfs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.kohakuhub.lfs.BatchService;
import org.kohakuhub.lfs.BatchService.SignedUpload;

/**
 * {@code POST /{repo}.git/info/lfs/multipart/{upload}}: all parts are sent; {@code PUT}: here they are, in one.
 * huggingface_hub shows no credential here, so the address itself is signed.
 */
@RequestScoped
@Path(LfsPaths.REPO + "/info/lfs/multipart/{upload}")
@LfsErrors
public class LfsMultipartResource {
    private final BatchService batches;

    /** For RESTEasy and the CDI proxy. */
    public LfsMultipartResource() {
        this(null);
    }

    @Inject
    LfsMultipartResource(BatchService batches) {
        this.batches = batches;
    }

    /** Asking again is no error. */
    @POST
    @Produces({LfsPaths.JSON, MediaType.APPLICATION_JSON})
    public Response join(
            @PathParam("upload") String upload,
            @QueryParam("expires") @DefaultValue("") String expires,
            @QueryParam("signature") @DefaultValue("") String signature,
            InputStream body) {
        LfsBodies.Parts parts = LfsBodies.parts(body);
        batches.join(new SignedUpload(upload, expires, signature), parts.oid(), parts.parts());
        return Response.ok(LfsAnswers.done(), LfsPaths.JSON).build();
    }

    /** The whole object, longer than one PUT to the object store may be, from a client that sends no parts. */
    @PUT
    @Produces({LfsPaths.JSON, MediaType.APPLICATION_JSON})
    public Response receive(
            @PathParam("upload") String upload,
            @QueryParam("expires") @DefaultValue("") String expires,
            @QueryParam("signature") @DefaultValue("") String signature,
            InputStream body) {
        batches.receive(new SignedUpload(upload, expires, signature), body);
        return Response.ok(LfsAnswers.done(), LfsPaths.JSON).build();
    }
}
