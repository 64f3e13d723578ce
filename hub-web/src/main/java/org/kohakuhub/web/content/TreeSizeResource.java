package org.kohakuhub.web.content;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Revision;
import org.kohakuhub.content.TreeService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.repo.RepoPath;

/** {@code GET …/treesize/{revision}/{path}}: what a folder takes. */
@RequestScoped
@Path(RepoPath.API + "/treesize/{revision}{path: (/.*)?}")
public class TreeSizeResource {
    private final TreeService trees;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public TreeSizeResource() {
        this(null, null);
    }

    @Inject
    public TreeSizeResource(TreeService trees, RequestCaller caller) {
        this.trees = trees;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Answer size(
            @BeanParam RepoPath repo, @PathParam("revision") String revision, @PathParam("path") String rest) {
        String path = rest == null ? "" : rest.replaceAll("^/+|/+$", "");
        Optional<FilePath> folder = path.isEmpty() ? Optional.empty() : AskedPath.read(path);
        if (folder.isEmpty() && !path.isEmpty()) {
            throw new HubException(ErrorKind.ENTRY_NOT_FOUND, "Entry not found");
        }
        return new Answer('/' + path, trees.size(caller.get(), repo.repoId(), Revision.parse(revision), folder));
    }

    /** The field names are the reference service's; {@code size} is bytes. */
    public record Answer(String path, long size) {}
}
