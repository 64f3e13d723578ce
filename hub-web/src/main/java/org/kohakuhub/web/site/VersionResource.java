package org.kohakuhub.web.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.config.HubVersion;
import org.kohakuhub.config.SiteConfig;

/** What clients ask before anything else: which hub this is, and how people come in. */
@RequestScoped
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class VersionResource {
    private final SiteConfig site;
    private final AccountConfig accounts;

    /** For RESTEasy and the CDI proxy. */
    public VersionResource() {
        this(null, null);
    }

    @Inject
    VersionResource(SiteConfig site, AccountConfig accounts) {
        this.site = site;
        this.accounts = accounts;
    }

    /** {@code GET /api/version}. */
    @GET
    @Path("version")
    public Version version() {
        return new Version("kohakuhub", HubVersion.text(), site.name());
    }

    /** {@code GET /api/site-config}: what a registration form must know. */
    @GET
    @Path("site-config")
    public SiteFacts siteConfig() {
        return new SiteFacts(site.name(), accounts.invitationOnly(), accounts.requireEmailVerification());
    }

    /** The field names are the original's. */
    public record Version(String api, String version, String name) {}

    /** The field names are the original's. */
    public record SiteFacts(String site_name, boolean invitation_only, boolean require_email_verification) {}
}
