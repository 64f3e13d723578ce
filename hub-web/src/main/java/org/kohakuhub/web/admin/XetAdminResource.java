package org.kohakuhub.web.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.repo.RepoPath;
import org.kohakuhub.xet.XetAdminService;
import org.kohakuhub.xet.XetSweep;

/** {@code /admin/api/xet/…}: what chunks take, and the sweep of those that nobody uses. */
@RequestScoped
@Path("/admin/api/xet")
@Produces(MediaType.APPLICATION_JSON)
public class XetAdminResource {
    private final XetAdminService xet;
    private final RequestCaller caller;

    /** For the proxy. */
    public XetAdminResource() {
        this(null, null);
    }

    @Inject
    XetAdminResource(XetAdminService xet, RequestCaller caller) {
        this.xet = xet;
        this.caller = caller;
    }

    /** A dry run: what waits, and from when on it may go. Changes nothing. */
    @GET
    @Path("/sweep")
    public Plan plan() {
        List<Waiting> waiting = xet.dryRun(caller.get()).stream()
                .map(step -> new Waiting(
                        step.step().name().toLowerCase(Locale.ROOT),
                        step.name(),
                        step.bytes(),
                        JsonAnswer.date(step.due())))
                .toList();
        return new Plan(true, waiting);
    }

    /** Sweeps what is due. */
    @POST
    @Path("/sweep")
    public Swept sweep() {
        XetSweep.Swept swept = xet.sweep(caller.get());
        return new Swept(false, swept.files(), swept.condemned(), swept.removed());
    }

    /** What a repository takes. */
    @GET
    @Path("/usage/" + RepoPath.TYPED)
    public Usage usage(@BeanParam RepoPath repo) {
        XetAdminService.Usage usage = xet.usage(caller.get(), repo.repoId());
        return new Usage(usage.repo().fullName(), usage.logical(), usage.stored(), usage.whole(), usage.xorbs());
    }

    /** What a sweep would do. */
    @JsonbPropertyOrder({"dry_run", "waiting"})
    public record Plan(@JsonbProperty("dry_run") boolean dryRun, List<Waiting> waiting) {}

    /** One thing; {@code due} is the moment from which on the step may be done. */
    @JsonbPropertyOrder({"step", "name", "bytes", "due"})
    public record Waiting(String step, String name, long bytes, String due) {}

    /** What a sweep did. */
    @JsonbPropertyOrder({"dry_run", "files_forgotten", "xorbs_condemned", "xorbs_removed"})
    public record Swept(
            @JsonbProperty("dry_run") boolean dryRun,
            @JsonbProperty("files_forgotten") int files,
            @JsonbProperty("xorbs_condemned") int condemned,
            @JsonbProperty("xorbs_removed") int removed) {}

    /** Sizes in bytes. */
    @JsonbPropertyOrder({"repo_id", "logical_bytes", "stored_bytes", "whole_bytes", "xorb_bytes"})
    public record Usage(
            @JsonbProperty("repo_id") String repoId,
            @JsonbProperty("logical_bytes") long logical,
            @JsonbProperty("stored_bytes") long stored,
            @JsonbProperty("whole_bytes") long whole,
            @JsonbProperty("xorb_bytes") long xorbs) {}
}
