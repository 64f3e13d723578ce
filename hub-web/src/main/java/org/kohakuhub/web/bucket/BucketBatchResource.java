package org.kohakuhub.web.bucket;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.kohakuhub.bucket.BatchOutcome;
import org.kohakuhub.bucket.BucketFileService;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.web.auth.RequestCaller;

/** {@code POST /api/buckets/{ns}/{name}/batch}: adds, copies and deletes files, a line of NDJSON each. */
@RequestScoped
@Path("/api/buckets/{namespace}/{name}/batch")
public class BucketBatchResource {
    private final BucketFileService files;
    private final RequestCaller caller;

    /** For the proxy. */
    public BucketBatchResource() {
        this(null, null);
    }

    @Inject
    BucketBatchResource(BucketFileService files, RequestCaller caller) {
        this.files = files;
        this.caller = caller;
    }

    /** The body is NDJSON, whatever its type says; it is not touched before the caller's right is clear. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response apply(@BeanParam BucketPath path, InputStream body) {
        try (BatchLines lines = new BatchLines(body)) {
            BatchOutcome outcome = files.apply(caller.get(), path.bucketId(), lines::all);
            Answer answer = new Answer(
                    outcome.failed().isEmpty(),
                    outcome.processed(),
                    outcome.succeeded(),
                    outcome.failed().stream()
                            .map(failure -> new Failed(failure.path(), failure.error()))
                            .toList());
            boolean nothing = outcome.processed() > 0 && outcome.succeeded() == 0;
            return Response.status(nothing ? ErrorKind.UNPROCESSABLE.status() : Response.Status.OK.getStatusCode())
                    .entity(answer)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The field names are the contract's. */
    public record Answer(boolean success, int processed, int succeeded, List<Failed> failed) {}

    /** A line that changed nothing. */
    public record Failed(String path, String error) {}
}
