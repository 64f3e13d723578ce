package org.kohakuhub.web.bucket;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.kohakuhub.bucket.BucketRecord;
import org.kohakuhub.bucket.BucketService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;
import org.kohakuhub.web.repo.Visibility;

/** {@code PUT /api/buckets/{ns}/{name}/settings}: who sees the bucket. */
@RequestScoped
@Path("/api/buckets/{namespace}/{name}/settings")
public class BucketSettingsResource {
    private final BucketService buckets;
    private final RequestCaller caller;

    /** For the proxy. */
    public BucketSettingsResource() {
        this(null, null);
    }

    @Inject
    BucketSettingsResource(BucketService buckets, RequestCaller caller) {
        this.buckets = buckets;
        this.caller = caller;
    }

    @PUT
    @Produces(MediaType.APPLICATION_JSON)
    public Response change(@BeanParam BucketPath path, InputStream body) {
        BucketRecord now = buckets.change(caller.get(), path.bucketId(), Visibility.isPrivate(JsonBody.read(body)));
        return Response.ok(JsonAnswer.of(json -> BucketJson.write(json, now))).build();
    }
}
