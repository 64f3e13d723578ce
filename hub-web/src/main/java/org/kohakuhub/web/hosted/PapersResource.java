package org.kohakuhub.web.hosted;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** {@code /api/papers} and {@code /api/daily_papers}. */
@RequestScoped
@Path("/api/{kind: papers|daily_papers}{rest: (/.*)?}")
public class PapersResource extends HostedOnly {
    /** For JAX-RS and the proxy. */
    public PapersResource() {
        super("Papers");
    }
}
