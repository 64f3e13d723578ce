package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /api/kernels/{repo}}: this hub has no kernels, so that each is missing. */
@RequestScoped
@Path("/api/kernels/{rest: .+}")
public class KernelResource {
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String get() {
        throw RepoAddress.notFound();
    }
}
