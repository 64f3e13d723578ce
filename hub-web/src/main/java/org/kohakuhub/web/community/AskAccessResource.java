package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.kohakuhub.web.repo.RepoPath;

/** {@code POST /{type}s/{ns}/{name}/ask-access}, with and without {@code /api}: the form of the reference service. */
@RequestScoped
@Path("/{door: api/|}" + RepoPath.TYPED + "/ask-access")
public class AskAccessResource {
    private final AskAccess asking;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public AskAccessResource() {
        this(null);
    }

    @Inject
    public AskAccessResource(AskAccess asking) {
        this.asking = asking;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public AskAccess.Asked ask(
            @BeanParam RepoPath repo, @HeaderParam("Content-Type") String contentType, InputStream body) {
        return asking.ask(repo.repoId(), contentType, body);
    }
}
