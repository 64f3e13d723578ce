package org.kohakuhub.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The hub's HTTP API. Resources and providers are found by scanning; they share the root with git and its filter. */
@ApplicationPath("/")
public class HubApplication extends Application {
    /** Jersey would make our relative redirects absolute, with the host that it sees and not the one in front of it. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.headers.location.relative.resolution.disabled", true);
    }
}
