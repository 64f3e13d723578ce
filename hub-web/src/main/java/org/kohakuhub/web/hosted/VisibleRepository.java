package org.kohakuhub.web.hosted;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import org.kohakuhub.access.Action;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.repo.RepositoryService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.repo.RepoAddress;

/** Lets those pass who may see the repository that an address names. */
@RequestScoped
public class VisibleRepository {
    private final RepositoryService repositories;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public VisibleRepository() {
        this(null, null);
    }

    @Inject
    VisibleRepository(RepositoryService repositories, RequestCaller caller) {
        this.repositories = repositories;
        this.caller = caller;
    }

    void require(String type, UriInfo uri) {
        MultivaluedMap<String, String> path = uri.getPathParameters();
        repositories.check(
                caller.get(),
                Action.READ,
                RepoAddress.read(RepoType.parse(type), path.getFirst("namespace"), path.getFirst("name")));
    }
}
