package org.kohakuhub.web.hosted;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** The text of a paper. */
@RequestScoped
@Path("/papers/{id: [^/]+}")
public class PaperPageResource extends HostedOnly {
    /** For JAX-RS and the proxy. */
    public PaperPageResource() {
        super("Papers");
    }
}
