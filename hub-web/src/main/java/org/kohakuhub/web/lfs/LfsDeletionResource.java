package org.kohakuhub.web.lfs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.lfs.LfsFileService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.Done;
import org.kohakuhub.web.json.JsonBody;
import org.kohakuhub.web.repo.RepoPath;

/** {@code POST /api/{type}s/{ns}/{name}/lfs-files/batch}: huggingface_hub's {@code permanently_delete_lfs_files}. */
@RequestScoped
@Path(RepoPath.API + "/lfs-files/batch")
public class LfsDeletionResource {
    private final LfsFileService files;
    private final RequestCaller caller;

    /** For the proxy. */
    public LfsDeletionResource() {
        this(null, null);
    }

    @Inject
    LfsDeletionResource(LfsFileService files, RequestCaller caller) {
        this.files = files;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Done delete(@BeanParam RepoPath repo, InputStream body) {
        if (!(JsonBody.read(body).value("deletions").orElse(null) instanceof JsonObject deletions)
                || !(deletions.get("sha") instanceof JsonArray oids)
                || !oids.stream().allMatch(JsonString.class::isInstance)) {
            throw new HubException(ErrorKind.INVALID, "deletions.sha must be a list of file oids");
        }
        Set<Sha256> contents = oids.getValuesAs(JsonString::getString).stream()
                .map(Sha256::new)
                .collect(Collectors.toSet());
        boolean rewrite = deletions.get("rewriteHistory") == JsonValue.TRUE;
        int deleted = files.delete(caller.get(), repo.repoId(), contents, rewrite);
        return Done.because(deleted + " LFS files are deleted");
    }
}
