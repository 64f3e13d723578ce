package org.kohakuhub.web.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.repo.RepackService;
import org.kohakuhub.version.VersionStore;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.repo.RepoPath;

/** {@code /admin/api/git/…}: how git's objects are stored. */
@RequestScoped
@Path("/admin/api/git")
@Produces(MediaType.APPLICATION_JSON)
public class GitAdminResource {
    private final RepackService repacks;
    private final RequestCaller caller;

    /** For the proxy. */
    public GitAdminResource() {
        this(null, null);
    }

    @Inject
    GitAdminResource(RepackService repacks, RequestCaller caller) {
        this.repacks = repacks;
        this.caller = caller;
    }

    /** Repacks a repository, and answers when that is done. */
    @POST
    @Path("/repack/" + RepoPath.TYPED)
    public Repacked repack(@BeanParam RepoPath path) {
        RepoId repo = path.repoId();
        VersionStore.Repacked done = repacks.repack(caller.get(), repo);
        return new Repacked(
                repo.fullName(), done.packsBefore(), done.bytesBefore(), done.packsAfter(), done.bytesAfter());
    }

    /** What a repack did; sizes in bytes. */
    @JsonbPropertyOrder({"repo_id", "packs_before", "bytes_before", "packs_after", "bytes_after"})
    public record Repacked(
            @JsonbProperty("repo_id") String repoId,
            @JsonbProperty("packs_before") int packsBefore,
            @JsonbProperty("bytes_before") long bytesBefore,
            @JsonbProperty("packs_after") int packsAfter,
            @JsonbProperty("bytes_after") long bytesAfter) {}
}
