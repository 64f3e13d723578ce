package org.kohakuhub.web.attachment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.kohakuhub.attachment.Attachment;
import org.kohakuhub.attachment.AttachmentService;
import org.kohakuhub.object.ContentDisposition;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;

/** {@code /uploads}: what comments show. Everybody may fetch a file whose address he knows. */
@RequestScoped
@Path("/uploads")
public class AttachmentResource {
    private final AttachmentService attachments;
    private final RequestCaller caller;
    private final RequestBase base;
    private final HttpServletRequest request;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public AttachmentResource() {
        this(null, null, null, null);
    }

    @Inject
    AttachmentResource(
            AttachmentService attachments, RequestCaller caller, RequestBase base, HttpServletRequest request) {
        this.attachments = attachments;
        this.caller = caller;
        this.base = base;
        this.request = request;
    }

    /** Keeps the body, and answers with its address. */
    @POST
    @Produces(MediaType.TEXT_PLAIN)
    public String upload(InputStream body) {
        String type = Optional.ofNullable(request.getContentType()).orElse("");
        Attachment kept = attachments.keep(caller.get(), type, request.getContentLengthLong(), body);
        return base.base() + "/uploads/" + kept.fileName();
    }

    /** What {@link #get} leads to. It does not lead there itself: a signed address is good for one method. */
    @HEAD
    @Path("/{file}")
    @Produces(MediaType.WILDCARD)
    public Response head(@PathParam("file") String file) {
        Attachment found = attachments.find(file);
        return described(Response.ok(), found)
                .header("Content-Length", found.size())
                .header("Accept-Ranges", "bytes")
                .build();
    }

    /** Where the bytes are. */
    @GET
    @Path("/{file}")
    @Produces(MediaType.WILDCARD)
    public Response get(@PathParam("file") String file) {
        Attachment found = attachments.find(file);
        return described(Response.status(Response.Status.FOUND), found)
                .header("Location", attachments.address(found, base.audience()).toString())
                .build();
    }

    private static Response.ResponseBuilder described(Response.ResponseBuilder answer, Attachment found) {
        return answer.header("Cache-Control", "no-cache") // the address that it leads to is not good for long
                .header(
                        "Content-Disposition",
                        ContentDisposition.inline(found.fileName()).text())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .type(found.format().type());
    }
}
