package org.kohakuhub.web.bucket;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.kohakuhub.bucket.BucketFile;
import org.kohakuhub.bucket.BucketFileService;
import org.kohakuhub.bucket.BucketFileService.Found;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.config.SiteConfig;
import org.kohakuhub.config.XetConfig;
import org.kohakuhub.content.ContentTypes;
import org.kohakuhub.content.EntityTags;
import org.kohakuhub.object.ContentDisposition;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.content.StreamedBytes;
import org.kohakuhub.web.repo.QueryFlag;

/**
 * {@code HEAD} and {@code GET /buckets/{ns}/{name}/resolve/{path}}; slashes of the path may be quoted or not. The hub puts
 * the bytes together itself: those who speak Xet fetch them elsewhere.
 */
@RequestScoped
@Path("/buckets/{namespace}/{name}/resolve/{path: .+}")
public class BucketResolveResource {
    private final BucketFileService files;
    private final RequestCaller caller;
    private final RequestBase base;
    private final HttpServletRequest request;
    private final SiteConfig site;
    private final XetConfig xet;

    /** For the proxy. */
    public BucketResolveResource() {
        this(null, null, null, null, null, null);
    }

    @Inject
    BucketResolveResource(
            BucketFileService files,
            RequestCaller caller,
            RequestBase base,
            HttpServletRequest request,
            SiteConfig site,
            XetConfig xet) {
        this.files = files;
        this.caller = caller;
        this.base = base;
        this.request = request;
        this.site = site;
        this.xet = xet;
    }

    @HEAD
    @Produces(MediaType.WILDCARD)
    public Response head(
            @BeanParam BucketPath bucket, @PathParam("path") String path, @QueryParam("download") String download) {
        Found found = files.open(caller.get(), bucket.bucketId(), path);
        if (isKnown(found.file())) {
            return described(Response.notModified(), found, download).build();
        }
        return described(Response.ok(), found, download)
                .header("Content-Length", found.file().size())
                .build();
    }

    @GET
    @Produces(MediaType.WILDCARD)
    public Response get(
            @BeanParam BucketPath bucket, @PathParam("path") String path, @QueryParam("download") String download) {
        Found found = files.open(caller.get(), bucket.bucketId(), path);
        BucketFile file = found.file();
        if (isKnown(file)) {
            return described(Response.notModified(), found, download).build();
        }
        return new StreamedBytes(etag(file), file.size(), (from, length) -> files.bytes(found, from, length))
                .answer(request, status -> described(Response.status(status), found, download));
    }

    private boolean isKnown(BucketFile file) {
        return EntityTags.matches(request.getHeader("If-None-Match"), etag(file));
    }

    private static String etag(BucketFile file) {
        return '"' + file.hash().hex() + '"';
    }

    private Response.ResponseBuilder described(Response.ResponseBuilder answer, Found found, String download) {
        BucketFile file = found.file();
        FilePath path = new FilePath(file.path());
        ContentDisposition disposition = QueryFlag.isSet(download)
                ? ContentDisposition.attachment(path.fileName())
                : ContentDisposition.inline(path.fileName());
        return answer.header("ETag", etag(file))
                .header("X-Linked-ETag", etag(file))
                .header("X-Linked-Size", file.size())
                .header("X-Xet-Hash", file.hash().hex())
                .header("Link", links(found))
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "no-cache") // another content may get the path
                .header("Content-Disposition", disposition.text())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .type(ContentTypes.of(path)); // the sender's word is not served: a page of his would run here
    }

    private String links(Found found) {
        return '<' + base.base().toString() + site.apiBase() + "/buckets/"
                + found.bucket().fullName() + "/xet-read-token>; rel=\"xet-auth\", <" + base.base() + xet.casPath()
                + "/v1/reconstructions/" + found.file().hash() + ">; rel=\"xet-reconstruction-info\"";
    }
}
