package org.kohakuhub.web.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.config.SiteConfig;

/** {@code GET /api/site-config}: what a registration form must know. */
@RequestScoped
@Path("/api/site-config")
@Produces(MediaType.APPLICATION_JSON)
public class SiteConfigResource {
    private final SiteConfig site;
    private final AccountConfig accounts;

    /** For RESTEasy and the CDI proxy. */
    public SiteConfigResource() {
        this(null, null);
    }

    @Inject
    SiteConfigResource(SiteConfig site, AccountConfig accounts) {
        this.site = site;
        this.accounts = accounts;
    }

    /** How people come in. */
    @GET
    public SiteFacts siteConfig() {
        return new SiteFacts(site.name(), accounts.invitationOnly(), accounts.requireEmailVerification());
    }

    /** The field names are the original's. */
    public record SiteFacts(String site_name, boolean invitation_only, boolean require_email_verification) {}
}
