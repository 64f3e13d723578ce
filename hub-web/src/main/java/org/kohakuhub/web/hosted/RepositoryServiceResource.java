package org.kohakuhub.web.hosted;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.UriInfo;
import org.kohakuhub.web.repo.RepoPath;

/** What the service offers for single repositories. */
@RequestScoped
@Path(RepoPath.API + "/{kind: leaderboard|resource-group|scan}{rest: (/.*)?}")
public class RepositoryServiceResource extends HostedOnly {
    private final VisibleRepository repository;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public RepositoryServiceResource() {
        this(null);
    }

    @Inject
    public RepositoryServiceResource(VisibleRepository repository) {
        super("Leaderboards, resource groups and security scans");
        this.repository = repository;
    }

    @Override
    protected void enter(UriInfo uri) {
        repository.require(uri.getPathParameters().getFirst("type"), uri);
    }
}
