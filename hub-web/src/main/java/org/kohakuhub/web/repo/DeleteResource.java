package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.repo.RepositoryService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;

/** {@code DELETE /api/repos/delete}, with the repository in the body. */
@RequestScoped
@Path("/api/repos/delete")
public class DeleteResource {
    private final RepositoryService repositories;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public DeleteResource() {
        this(null, null);
    }

    @Inject
    public DeleteResource(RepositoryService repositories, RequestCaller caller) {
        this.repositories = repositories;
        this.caller = caller;
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    public Done delete(InputStream body) {
        JsonBody request = JsonBody.read(body);
        RepoType type = request.text("type").map(RepoType::parse).orElse(RepoType.MODEL);
        String name = request.required("name");
        int slash = name.indexOf('/');
        String namespace = request.text("organization")
                .filter(text -> !text.isEmpty())
                .orElseGet(() ->
                        slash >= 0 ? name.substring(0, slash) : caller.user().username());
        RepoId repo = RepoAddress.read(type, namespace, name.substring(slash + 1));
        repositories.delete(caller.get(), repo);
        return new Done(true);
    }

    /** Nothing more is to be said. */
    public record Done(boolean success) {}
}
