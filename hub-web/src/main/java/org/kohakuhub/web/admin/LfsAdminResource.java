package org.kohakuhub.web.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.kohakuhub.lfs.LfsAdminService;
import org.kohakuhub.lfs.LfsSweep;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;

/** {@code /admin/api/lfs/sweep}: LFS contents that nobody refers to. */
@RequestScoped
@Path("/admin/api/lfs/sweep")
@Produces(MediaType.APPLICATION_JSON)
public class LfsAdminResource {
    private final LfsAdminService lfs;
    private final RequestCaller caller;

    /** For the proxy. */
    public LfsAdminResource() {
        this(null, null);
    }

    @Inject
    LfsAdminResource(LfsAdminService lfs, RequestCaller caller) {
        this.lfs = lfs;
        this.caller = caller;
    }

    /** A dry run: what waits, and from when on it may go. Changes nothing. */
    @GET
    public Plan plan() {
        return new Plan(
                true,
                lfs.dryRun(caller.get()).stream().map(LfsAdminResource::shown).toList());
    }

    private static Waiting shown(LfsSweep.Waiting waiting) {
        return new Waiting(
                waiting.step().name().toLowerCase(Locale.ROOT),
                waiting.repo().map(repo -> repo.name().toString()).orElse(""),
                waiting.content().hex(),
                waiting.bytes(),
                JsonAnswer.date(waiting.due()));
    }

    /** Sweeps what is due. */
    @POST
    public Swept sweep() {
        LfsSweep.Swept swept = lfs.sweep(caller.get());
        return new Swept(false, swept.rights(), swept.contents());
    }

    /** What a sweep would do. */
    @JsonbPropertyOrder({"dry_run", "waiting"})
    public record Plan(@JsonbProperty("dry_run") boolean dryRun, List<Waiting> waiting) {}

    /** One thing; {@code due} is the moment from which on the step may be done. */
    @JsonbPropertyOrder({"step", "repo", "oid", "bytes", "due"})
    public record Waiting(String step, String repo, String oid, long bytes, String due) {}

    /** What a sweep did. */
    @JsonbPropertyOrder({"dry_run", "rights_revoked", "contents_removed"})
    public record Swept(
            @JsonbProperty("dry_run") boolean dryRun,
            @JsonbProperty("rights_revoked") int rights,
            @JsonbProperty("contents_removed") int contents) {}
}
