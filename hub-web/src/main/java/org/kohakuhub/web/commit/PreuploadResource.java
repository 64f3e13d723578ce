package org.kohakuhub.web.commit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.commit.PreuploadService;
import org.kohakuhub.commit.PreuploadService.Candidate;
import org.kohakuhub.commit.PreuploadService.Plan;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Revision;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;
import org.kohakuhub.web.repo.QueryFlag;
import org.kohakuhub.web.repo.RepoPath;

/** {@code POST /api/{type}s/{ns}/{name}/preupload/{revision}}: asked before every upload, 256 files at a time. */
@RequestScoped
@Path(RepoPath.API + "/preupload/{revision}")
public class PreuploadResource {
    private static final int MOST_FILES = 1_000;

    /** 256 samples of 512 bytes, long paths, and a .gitignore. */
    private static final int LONGEST_BODY = 8 << 20;

    private final PreuploadService preuploads;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public PreuploadResource() {
        this(null, null);
    }

    @Inject
    public PreuploadResource(PreuploadService preuploads, RequestCaller caller) {
        this.preuploads = preuploads;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Answer preupload(
            @BeanParam RepoPath repo,
            @PathParam("revision") String revision,
            @QueryParam("create_pr") String createPr,
            InputStream body) {
        JsonBody request = JsonBody.read(body, LONGEST_BODY);
        List<Candidate> candidates = candidates(request);
        Optional<byte[]> gitIgnore = request.text("gitIgnore").map(text -> text.getBytes(StandardCharsets.UTF_8));
        List<Plan> plans = preuploads.plan(
                caller.get(),
                repo.repoId(),
                Revision.parse(revision),
                QueryFlag.isSet(createPr),
                candidates,
                gitIgnore);
        return new Answer(plans.stream().map(File::of).toList());
    }

    static List<Candidate> candidates(JsonBody request) {
        if (!(request.value("files").orElse(null) instanceof JsonArray files)) {
            throw new HubException(ErrorKind.INVALID, "Missing field: files");
        }
        if (files.size() > MOST_FILES) {
            throw new HubException(ErrorKind.TOO_LARGE, "At most " + MOST_FILES + " files may be asked about at once");
        }
        List<Candidate> candidates = new ArrayList<>(files.size());
        for (JsonValue file : files) {
            candidates.add(candidate(file));
        }
        return candidates;
    }

    private static Candidate candidate(JsonValue file) {
        boolean whole = file instanceof JsonObject fields
                && fields.get("path") instanceof JsonString
                && fields.get("size") instanceof JsonNumber size
                && size.isIntegral()
                && size.bigDecimalValue().signum() >= 0
                && size.bigDecimalValue().precision() <= 18;
        if (!whole) {
            throw new HubException(ErrorKind.INVALID, "Each of files must have a path and a size in bytes");
        }
        JsonObject fields = file.asJsonObject();
        return new Candidate(
                new FilePath(fields.getString("path")),
                fields.getJsonNumber("size").longValueExact());
    }

    /** The field names are the contract's. */
    public record Answer(List<File> files) {}

    /**
     * One file of the answer.
     *
     * @param oid absent where nothing is at the path
     */
    public record File(String path, String uploadMode, boolean shouldIgnore, String oid) {
        static File of(Plan plan) {
            return new File(
                    plan.path().text(),
                    plan.lfs() ? "lfs" : "regular",
                    plan.ignored(),
                    plan.present().orElse(null));
        }
    }
}
