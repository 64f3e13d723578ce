package org.kohakuhub.web.hosted;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** What the service as a whole offers for Spaces. */
@RequestScoped
@Path("/api/spaces/{kind: hardware|templates|semantic-search|zero-gpu/quota}")
public class SpacesServiceResource extends HostedOnly {
    /** For JAX-RS and the proxy. */
    public SpacesServiceResource() {
        super("Machines and templates for Spaces");
    }
}
