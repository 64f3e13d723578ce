package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.kohakuhub.account.Caller;
import org.kohakuhub.config.SiteConfig;
import org.kohakuhub.version.Author;

/**
 * Whom commits made through the API name. The address is made up from the hub's own host name, so that nobody's real
 * address gets into a history that cannot be taken back.
 */
@ApplicationScoped
public class CommitAuthors {
    private static final String ADMINISTRATOR = "admin";

    private final SiteConfig site;

    @SuppressWarnings("NullAway")
    protected CommitAuthors() { // the container's proxy only
        this(null);
    }

    @Inject
    CommitAuthors(SiteConfig site) {
        this.site = site;
    }

    /** The caller as an author. */
    public Author of(Caller caller) {
        String name = caller.name().orElse(ADMINISTRATOR);
        return new Author(name, name + "@users.noreply." + site.baseUrl().getHost());
    }
}
