package org.kohakuhub.web.lfs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.lfs.LfsFileService;
import org.kohakuhub.version.PointerHistory.Place;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.paging.Links;
import org.kohakuhub.web.repo.PageSize;
import org.kohakuhub.web.repo.RepoPath;

/** {@code GET /api/{type}s/{ns}/{name}/lfs-files}: huggingface_hub's {@code list_lfs_files}. */
@RequestScoped
@Path(RepoPath.API + "/lfs-files")
public class LfsFilesResource {
    private static final int PAGE = 1_000;

    private final LfsFileService files;
    private final RequestCaller caller;
    private final Links links;

    /** For the proxy. */
    public LfsFilesResource() {
        this(null, null, null);
    }

    @Inject
    LfsFilesResource(LfsFileService files, RequestCaller caller, Links links) {
        this.files = files;
        this.caller = caller;
        this.links = links;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(
            @BeanParam RepoPath repo, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        LfsFileService.Page page = files.list(
                caller.get(),
                repo.repoId(),
                Optional.ofNullable(cursor).filter(text -> !text.isEmpty()).map(Sha256::new),
                PageSize.read(limit, PAGE, PAGE));
        Response.ResponseBuilder answer = Response.ok(JsonAnswer.of(json -> {
            json.writeStartArray();
            page.files().forEach(file -> write(json, file));
            json.writeEnd();
        }));
        page.next().ifPresent(next -> answer.header("Link", links.next("cursor", next.hex())));
        return answer.build();
    }

    /** What no ref leads to has no name but its oid. */
    private static void write(JsonGenerator json, LfsFileService.LfsFile file) {
        String oid = file.content().sha256().hex();
        json.writeStartObject()
                .write("fileOid", oid)
                .write("filename", file.place().map(Place::path).orElse(oid))
                .write("oid", oid)
                .write("pushedAt", JsonAnswer.date(file.content().used()));
        file.place().ifPresent(place -> json.write("ref", place.ref()));
        json.write("size", file.content().size()).writeEnd();
    }
}
