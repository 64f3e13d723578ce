package org.kohakuhub.web.bucket;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.kohakuhub.bucket.BucketService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.paging.Links;
import org.kohakuhub.web.repo.PageSize;

/** {@code GET /api/buckets/{ns}}: the buckets of a namespace; of the caller's own for {@code me}. */
@RequestScoped
@Path("/api/buckets/{namespace}")
public class BucketListResource {
    private static final int PAGE = 100;
    private static final int LONGEST = 1_000;

    private final BucketService buckets;
    private final RequestCaller caller;
    private final Links links;

    /** For the proxy. */
    public BucketListResource() {
        this(null, null, null);
    }

    @Inject
    BucketListResource(BucketService buckets, RequestCaller caller, Links links) {
        this.buckets = buckets;
        this.caller = caller;
        this.links = links;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(
            @PathParam("namespace") String namespace,
            @QueryParam("search") String search,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        BucketService.Page page = buckets.list(
                caller.get(),
                namespace.equals(BucketResource.ME) ? caller.user().username() : namespace,
                search == null ? "" : search,
                cursor == null ? "" : cursor,
                PageSize.read(limit, PAGE, LONGEST));
        Response.ResponseBuilder answer = Response.ok(JsonAnswer.of(json -> {
            json.writeStartArray();
            page.buckets().forEach(bucket -> BucketJson.write(json, bucket));
            json.writeEnd();
        }));
        page.next().ifPresent(next -> answer.header("Link", links.next("cursor", next)));
        return answer.build();
    }
}
