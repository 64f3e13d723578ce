package org.kohakuhub.web.lfs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.lfs.DuplicateService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;
import org.kohakuhub.web.repo.RepoAddress;
import org.kohakuhub.web.repo.RepoPath;

/** {@code POST /api/{type}s/{source}/lfs-files/duplicate}: what the client calls before it copies to another repository. */
@RequestScoped
@Path(RepoPath.API + "/lfs-files/duplicate")
public class DuplicateResource {
    private final DuplicateService duplicates;
    private final RequestCaller caller;

    /** For the proxy. */
    public DuplicateResource() {
        this(null, null);
    }

    @Inject
    DuplicateResource(DuplicateService duplicates, RequestCaller caller) {
        this.duplicates = duplicates;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Answer duplicate(@BeanParam RepoPath source, InputStream body) {
        JsonBody asked = JsonBody.read(body);
        List<Sha256> files = files(asked);
        Set<Sha256> missing = duplicates.duplicate(caller.get(), source.repoId(), target(asked), files);
        List<Succeeded> succeeded = files.stream()
                .distinct()
                .filter(file -> !missing.contains(file))
                .map(file -> new Succeeded(file.hex()))
                .toList();
        List<Failed> failed = missing.stream()
                .map(file -> new Failed(file.hex(), "The source repository has no such file"))
                .toList();
        return new Answer(succeeded, failed);
    }

    private static RepoId target(JsonBody asked) {
        if (!(asked.value("target").orElse(JsonValue.NULL) instanceof JsonObject target)) {
            throw new HubException(ErrorKind.INVALID, "Field target must be an object");
        }
        String[] name = target.getString("name", "").split("/", -1);
        if (name.length != 2) {
            throw new HubException(ErrorKind.INVALID, "Field target.name must be namespace/name");
        }
        return RepoAddress.read(RepoType.parse(target.getString("type", "model")), name[0], name[1]);
    }

    private static List<Sha256> files(JsonBody asked) {
        if (!(asked.value("files").orElse(JsonValue.NULL) instanceof JsonArray files)
                || !files.stream().allMatch(JsonObject.class::isInstance)) {
            throw new HubException(ErrorKind.INVALID, "Field files must be a list of objects");
        }
        return files.getValuesAs(JsonObject.class).stream()
                .map(file -> new Sha256(file.getString("sha256", "")))
                .toList();
    }

    /** The field names are the contract's. */
    public record Answer(List<Succeeded> succeeded, List<Failed> failed) {}

    /** A file that the target may link now. */
    public record Succeeded(String sha256) {}

    /** A file that it may not. */
    public record Failed(String sha256, String error) {}
}
