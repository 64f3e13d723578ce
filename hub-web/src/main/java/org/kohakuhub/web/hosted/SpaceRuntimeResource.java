package org.kohakuhub.web.hosted;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.UriInfo;

/** Everything about a Space that runs. */
@RequestScoped
@Path(
        "/api/spaces/{namespace}/{name}/{kind: runtime|hardware|secrets|variables|sleeptime|pause|restart|dev-mode|volumes"
                + "|storage|logs|metrics|events}{rest: (/.*)?}")
public class SpaceRuntimeResource extends HostedOnly {
    private final VisibleRepository repository;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public SpaceRuntimeResource() {
        this(null);
    }

    @Inject
    public SpaceRuntimeResource(VisibleRepository repository) {
        super("Machines that run Spaces");
        this.repository = repository;
    }

    @Override
    protected void enter(UriInfo uri) {
        repository.require("spaces", uri);
    }
}
