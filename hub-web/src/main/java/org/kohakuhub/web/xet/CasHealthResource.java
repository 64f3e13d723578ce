package org.kohakuhub.web.xet;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /xet/{epoch}/health}: the CAS endpoints are there. */
@RequestScoped
@Path("/xet/{epoch}/health")
public class CasHealthResource {
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Answer health() {
        return new Answer("ok");
    }

    /** Nothing but a word: whether the hub's parts work is told by {@code /health}. */
    public record Answer(String status) {}
}
