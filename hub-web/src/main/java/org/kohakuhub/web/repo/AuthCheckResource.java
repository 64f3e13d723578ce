package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.kohakuhub.access.Action;
import org.kohakuhub.repo.RepositoryService;
import org.kohakuhub.web.auth.RequestCaller;

/** {@code GET …/auth-check} and {@code …/auth-check/write}: may I? The answer is the status. */
@RequestScoped
@Path(RepoPath.API + "/auth-check{write: (/write)?}")
public class AuthCheckResource {
    private final RepositoryService repositories;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public AuthCheckResource() {
        this(null, null);
    }

    @Inject
    public AuthCheckResource(RepositoryService repositories, RequestCaller caller) {
        this.repositories = repositories;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public DeleteResource.Done check(@BeanParam RepoPath repo, @PathParam("write") String write) {
        Action action = write == null || write.isEmpty() ? Action.READ_FILES : Action.WRITE;
        repositories.check(caller.get(), action, repo.repoId());
        return new DeleteResource.Done(true);
    }
}
