package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * Repositories without a namespace, such as {@code gpt2}, as the reference service has a few: this hub has none. The
 * answer must say so in the contract's terms, or the client would take it for a hub that is broken.
 */
@RequestScoped
@Path("/api/" + RepoPath.TYPE + "/{name}/{door: revision|tree|paths-info|commits|preupload|commit|branch|tag"
        + "|auth-check|xet-read-token|xet-write-token}/{rest: .+}")
public class OneSegmentResource {
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String get() {
        throw RepoAddress.notFound();
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public String post() {
        throw RepoAddress.notFound();
    }

    @PUT
    @Produces(MediaType.APPLICATION_JSON)
    public String put() {
        throw RepoAddress.notFound();
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    public String delete() {
        throw RepoAddress.notFound();
    }
}
