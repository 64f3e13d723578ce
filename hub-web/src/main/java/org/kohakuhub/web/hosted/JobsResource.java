package org.kohakuhub.web.hosted;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** {@code /api/jobs} and {@code /api/scheduled-jobs}. */
@RequestScoped
@Path("/api/{kind: jobs|scheduled-jobs}{rest: (/.*)?}")
public class JobsResource extends HostedOnly {
    /** For JAX-RS and the proxy. */
    public JobsResource() {
        super("Jobs");
    }
}
