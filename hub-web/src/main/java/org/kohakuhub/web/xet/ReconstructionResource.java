package org.kohakuhub.web.xet;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.content.DownloadNotes;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.xet.ReconstructionService;
import org.kohakuhub.xet.ReconstructionService.Plan;
import org.kohakuhub.xet.ReconstructionService.Span;

/** {@code GET /xet/{epoch}/v2/reconstructions/{file}} and {@code …/v1/…}: the same plan in two forms. */
@RequestScoped
@Path("/xet/{epoch}/{version: v1|v2}/reconstructions/{file}")
public class ReconstructionResource {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{0,18})");

    private final ReconstructionService reconstructions;
    private final CasRequest request;
    private final RequestBase base;
    private final DownloadNotes downloads;

    /** For the proxy. */
    public ReconstructionResource() {
        this(null, null, null, null);
    }

    @Inject
    ReconstructionResource(
            ReconstructionService reconstructions, CasRequest request, RequestBase base, DownloadNotes downloads) {
        this.reconstructions = reconstructions;
        this.request = request;
        this.base = base;
        this.downloads = downloads;
    }

    /** The range counts in bytes of the file; the answer is not partial but a plan for that part. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response plan(
            @PathParam("version") String version, @PathParam("file") String file, @HeaderParam("Range") String range) {
        Span span = span(range);
        Plan plan = reconstructions.plan(request.token(), XetHash.parse(file), span, base.audience());
        plan.repository().ifPresent(repo -> downloads.planned(repo, plan.reader(), span.first() == 0));
        boolean first = version.equals("v1");
        return Response.ok(JsonAnswer.of(json -> PlanJson.write(json, plan, first)))
                .header("Cache-Control", "no-store")
                .build();
    }

    private static Span span(String range) {
        if (range == null) {
            return Span.WHOLE;
        }
        Matcher parts = RANGE.matcher(range);
        if (!parts.matches()) {
            throw new HubException(ErrorKind.INVALID, "The range must be bytes=first-last");
        }
        long first = Long.parseLong(parts.group(1));
        long last = parts.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(parts.group(2));
        if (last < first) {
            throw new HubException(ErrorKind.INVALID, "The range ends before it begins");
        }
        return new Span(first, last);
    }
}
