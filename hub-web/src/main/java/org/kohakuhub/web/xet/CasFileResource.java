package org.kohakuhub.web.xet;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.web.content.StreamedBytes;
import org.kohakuhub.xet.CasFileService;

/** {@code GET /xet/{epoch}/v1/files/{file}}: a file's bytes, put together by the hub. Batches of git-lfs point here. */
@RequestScoped
@Path("/xet/{epoch}/v1/files/{file}")
public class CasFileResource {
    private final CasFileService files;
    private final CasRequest request;
    private final HttpServletRequest http;

    /** For the proxy. */
    public CasFileResource() {
        this(null, null, null);
    }

    @Inject
    CasFileResource(CasFileService files, CasRequest request, HttpServletRequest http) {
        this.files = files;
        this.request = request;
        this.http = http;
    }

    @HEAD
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response head(@PathParam("file") String file) {
        XetHash hash = XetHash.parse(file);
        long size = files.size(request.token(), hash);
        return described(Response.Status.OK, hash)
                .header("Content-Length", size)
                .build();
    }

    @GET
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response get(@PathParam("file") String file) {
        XetHash hash = XetHash.parse(file);
        long size = files.size(request.token(), hash);
        return new StreamedBytes(tag(hash), size, (from, length) -> files.open(hash, from, length))
                .answer(http, status -> described(status, hash));
    }

    private static ResponseBuilder described(Response.Status status, XetHash hash) {
        return Response.status(status)
                .type(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header("ETag", tag(hash))
                .header("Accept-Ranges", "bytes");
    }

    private static String tag(XetHash hash) {
        return '"' + hash.hex() + '"';
    }
}
