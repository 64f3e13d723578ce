package org.kohakuhub.web.hosted;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** Inference endpoints and groups of resources. */
@RequestScoped
@Path("/api/{kind: inference-endpoints|inference-catalog|inference-proxy|resource-groups}{rest: (/.*)?}")
public class EndpointsResource extends HostedOnly {
    /** For JAX-RS and the proxy. */
    public EndpointsResource() {
        super("Inference endpoints and resource groups");
    }
}
