package org.kohakuhub.web.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.kohakuhub.config.HubVersion;
import org.kohakuhub.config.SiteConfig;

/** {@code GET /api/version}: which hub this is. */
@RequestScoped
@Path("/api/version")
@Produces(MediaType.APPLICATION_JSON)
public class VersionResource {
    private final SiteConfig site;

    /** For RESTEasy and the CDI proxy. */
    public VersionResource() {
        this(null);
    }

    @Inject
    VersionResource(SiteConfig site) {
        this.site = site;
    }

    /** The build's version and the site's name. */
    @GET
    public Version version() {
        return new Version("kohakuhub", HubVersion.text(), site.name());
    }

    /** The field names are the original's. */
    public record Version(String api, String version, String name) {}
}
