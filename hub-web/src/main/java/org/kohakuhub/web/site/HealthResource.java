package org.kohakuhub.web.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.kohakuhub.health.Readiness;

/** {@code /health}, for balancers and supervisors, in MicroProfile Health's form. 503 says: send no work here now. */
@RequestScoped
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
    private final Readiness readiness;

    /** For RESTEasy and the CDI proxy. */
    public HealthResource() {
        this(null);
    }

    @Inject
    HealthResource(Readiness readiness) {
        this.readiness = readiness;
    }

    /** The same as readiness: what a person wants to know. */
    @GET
    public Response all() {
        return ready();
    }

    /** Whether the process answers at all; a supervisor restarts one that does not. */
    @GET
    @Path("live")
    public Health live() {
        return new Health("UP", List.of());
    }

    /** Whether all that the hub needs answers. */
    @GET
    @Path("ready")
    public Response ready() {
        Readiness.Report report = readiness.report();
        List<Check> checks = report.checks().stream()
                .map(check -> new Check(check.name(), status(check.up())))
                .toList();
        return Response.status(report.up() ? 200 : 503)
                .header("Cache-Control", "no-store")
                .entity(new Health(status(report.up()), checks))
                .build();
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }

    /** The field names are MicroProfile Health's. */
    public record Health(String status, List<Check> checks) {}

    /** The field names are MicroProfile Health's. */
    public record Check(String name, String status) {}
}
