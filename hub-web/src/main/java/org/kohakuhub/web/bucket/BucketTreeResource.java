package org.kohakuhub.web.bucket;

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
import org.kohakuhub.bucket.BucketFileService;
import org.kohakuhub.bucket.BucketFileService.Page;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.paging.Links;
import org.kohakuhub.web.repo.PageSize;
import org.kohakuhub.web.repo.QueryFlag;

/**
 * {@code GET /api/buckets/{ns}/{name}/tree[/{prefix}]}. The client quotes the whole prefix as one segment. Without
 * {@code recursive}, and with {@code true}, the answer is all files whose paths begin with it, as text; with
 * {@code false}, one level with folders.
 */
@RequestScoped
@Path("/api/buckets/{namespace}/{name}/tree{prefix: (/.*)?}")
public class BucketTreeResource {
    private static final int PAGE = 1_000;

    private final BucketFileService files;
    private final RequestCaller caller;
    private final Links links;

    /** For the proxy. */
    public BucketTreeResource() {
        this(null, null, null);
    }

    @Inject
    BucketTreeResource(BucketFileService files, RequestCaller caller, Links links) {
        this.files = files;
        this.caller = caller;
        this.links = links;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(
            @BeanParam BucketPath path,
            @PathParam("prefix") String prefix,
            @QueryParam("recursive") String recursive,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        String wanted = prefix == null || prefix.isEmpty() ? "" : prefix.substring(1);
        String from = cursor == null ? "" : cursor;
        int length = PageSize.read(limit, PAGE, PAGE);
        boolean all = recursive == null || QueryFlag.isSet(recursive);
        Page page = all
                ? files.all(caller.get(), path.bucketId(), wanted, from, length)
                : files.level(caller.get(), path.bucketId(), wanted, from, length);
        Response.ResponseBuilder answer = Response.ok(JsonAnswer.of(json -> BucketJson.entries(json, page.entries())));
        page.next().ifPresent(next -> answer.header("Link", links.next("cursor", next)));
        return answer.build();
    }
}
