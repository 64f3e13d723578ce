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

/** The same for datasets and spaces, and for models whose address names their type. */
@RequestScoped
@Path("/" + RepoPath.TYPED + "/resolve/{revision}/{path: .+}")
public class TypedResolveResource {
    private final FileAnswers answers;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public TypedResolveResource() {
        this(null);
    }

    @Inject
    public TypedResolveResource(FileAnswers answers) {
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
