package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /api/models/gpt2}: what {@link OneSegmentResource} answers, for the repository itself. */
@RequestScoped
@Path("/api/" + RepoPath.TYPE + "/{name}")
public class OneSegmentInfoResource {
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String get() {
        throw RepoAddress.notFound();
    }
}
