package org.kohakuhub.web.bucket;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.xet.TokenAnswer;
import org.kohakuhub.xet.CasScope;
import org.kohakuhub.xet.XetTokenService;

/** {@code GET /api/buckets/{ns}/{name}/xet-read-token} and {@code …/xet-write-token}. */
@RequestScoped
@Path("/api/buckets/{namespace}/{name}/xet-{scope: read|write}-token")
public class BucketTokenResource {
    private final XetTokenService tokens;
    private final RequestCaller caller;
    private final RequestBase base;

    /** For the proxy. */
    public BucketTokenResource() {
        this(null, null, null);
    }

    @Inject
    BucketTokenResource(XetTokenService tokens, RequestCaller caller, RequestBase base) {
        this.tokens = tokens;
        this.caller = caller;
        this.base = base;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response token(@BeanParam BucketPath path, @PathParam("scope") String scope) {
        CasScope wanted = scope.equals("write") ? CasScope.WRITE : CasScope.READ;
        return TokenAnswer.of(tokens.bucket(caller.get(), path.bucketId(), wanted), base.base());
    }
}
