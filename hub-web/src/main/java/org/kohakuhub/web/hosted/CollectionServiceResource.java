package org.kohakuhub.web.hosted;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** What the service offers for collections. */
@RequestScoped
@Path("/api/collections/{namespace}/{slug}/resource-group")
public class CollectionServiceResource extends HostedOnly {
    /** For JAX-RS and the proxy. */
    public CollectionServiceResource() {
        super("Resource groups");
    }
}
