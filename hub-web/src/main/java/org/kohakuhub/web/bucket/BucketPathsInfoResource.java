package org.kohakuhub.web.bucket;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.kohakuhub.bucket.BucketFile;
import org.kohakuhub.bucket.BucketFileService;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;

/** {@code POST /api/buckets/{ns}/{name}/paths-info}: files by their paths; those that are not there are left out. */
@RequestScoped
@Path("/api/buckets/{namespace}/{name}/paths-info")
public class BucketPathsInfoResource {
    private static final int MOST_PATHS = 1_000;

    /** As many paths of the greatest length, however they are escaped. */
    private static final int LONGEST_BODY = 8 << 20;

    private final BucketFileService files;
    private final RequestCaller caller;

    /** For the proxy. */
    public BucketPathsInfoResource() {
        this(null, null);
    }

    @Inject
    BucketPathsInfoResource(BucketFileService files, RequestCaller caller) {
        this.files = files;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response find(@BeanParam BucketPath path, InputStream body) {
        List<BucketFile> found = files.find(caller.get(), path.bucketId(), paths(JsonBody.read(body, LONGEST_BODY)));
        return Response.ok(JsonAnswer.of(json -> {
                    json.writeStartArray();
                    found.forEach(file -> BucketJson.write(json, file));
                    json.writeEnd();
                }))
                .build();
    }

    private static List<String> paths(JsonBody body) {
        if (!(body.value("paths").orElse(null) instanceof JsonArray list)
                || !list.stream().allMatch(JsonString.class::isInstance)) {
            throw new HubException(ErrorKind.INVALID, "Field paths must be a list of paths");
        }
        if (list.size() > MOST_PATHS) {
            throw new HubException(ErrorKind.INVALID, "There may be no more than " + MOST_PATHS + " paths");
        }
        return list.getValuesAs(JsonString::getString);
    }
}
