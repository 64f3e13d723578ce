package org.kohakuhub.web.content;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.kohakuhub.web.repo.QueryFlag;
import org.kohakuhub.web.repo.RepoPath;

/** {@code HEAD} and {@code GET /{ns}/{name}/resolve/{revision}/{path}}: the files of models. */
@RequestScoped
@Path("/{namespace}/{name}/resolve/{revision}/{path: .+}")
public class ResolveResource {
    private final FileAnswers answers;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public ResolveResource() {
        this(null);
    }

    @Inject
    public ResolveResource(FileAnswers answers) {
        this.answers = answers;
    }

    @HEAD
    @Produces(MediaType.WILDCARD)
    public Response head(
            @BeanParam RepoPath repo,
            @PathParam("revision") String revision,
            @PathParam("path") String path,
            @QueryParam("download") String download) {
        return answers.head(repo.repoId(), revision, path, QueryFlag.isSet(download));
    }

    @GET
    @Produces(MediaType.WILDCARD)
    public Response get(
            @BeanParam RepoPath repo,
            @PathParam("revision") String revision,
            @PathParam("path") String path,
            @QueryParam("download") String download) {
        return answers.get(repo.repoId(), revision, path, QueryFlag.isSet(download));
    }
}
