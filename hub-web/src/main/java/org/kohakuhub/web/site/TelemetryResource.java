package org.kohakuhub.web.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/**
 * {@code HEAD /api/telemetry/...}: libraries tell here that they were used. The hub takes note of nothing, and says so
 * at once, so that nobody waits.
 */
@RequestScoped
@Path("/api/telemetry/{topic: .+}")
public class TelemetryResource {
    /** No content. */
    @GET
    public void ignore() {
        // HEAD is answered by this too
    }
}
