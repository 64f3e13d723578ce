package org.kohakuhub.web.viewer;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.viewer.Split;
import org.kohakuhub.viewer.ViewerService;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.repo.RepoAddress;

/**
 * {@code GET /api/datasets/{ns}/{name}/parquet[/{config}[/{split}[/{n}.parquet]]]}: addresses of Parquet files that stay
 * the same when their names change. The last form redirects to the file.
 */
@RequestScoped
@Path("/api/datasets/{namespace}/{name}/parquet{rest: (/.*)?}")
public class ParquetResource {
    private static final Pattern FILE = Pattern.compile("([0-9]{1,6})\\.parquet");

    private final ViewerService viewer;
    private final RequestCaller caller;
    private final RequestBase base;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public ParquetResource() {
        this(null, null, null);
    }

    @Inject
    public ParquetResource(ViewerService viewer, RequestCaller caller, RequestBase base) {
        this.viewer = viewer;
        this.caller = caller;
        this.base = base;
    }

    @GET
    @Produces(MediaType.WILDCARD)
    public Response get(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @PathParam("rest") String rest) {
        String path = rest == null ? "" : rest.replaceAll("^/|/$", "");
        String[] asked = path.isEmpty() ? new String[0] : path.split("/", -1);
        if (asked.length > 3) {
            throw missing();
        }
        ViewerService.Dataset dataset = viewer.dataset(
                caller.get(),
                RepoAddress.read(RepoType.DATASET, namespace, name),
                asked.length > 0 ? Optional.of(asked[0]) : Optional.empty());
        List<Split> splits = ParquetFiles.splits(dataset).stream()
                .filter(split -> asked.length < 2 || split.name().equals(asked[1]))
                .toList();
        if (splits.isEmpty()) {
            throw missing();
        }
        String hub = ParquetFiles.hub(base.base());
        if (asked.length == 3) {
            return Response.status(Response.Status.FOUND)
                    .header("Location", file(dataset, splits.get(0), asked[2], hub))
                    .build();
        }
        return Response.ok(JsonAnswer.of(json -> list(json, dataset, splits, asked.length, hub)))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("X-Revision", dataset.commit().hex())
                .build();
    }

    private static String file(ViewerService.Dataset dataset, Split split, String name, String hub) {
        Matcher matcher = FILE.matcher(name);
        if (!matcher.matches()
                || Integer.parseInt(matcher.group(1)) >= split.files().size()) {
            throw missing();
        }
        return ParquetFiles.address(dataset, split.files().get(Integer.parseInt(matcher.group(1))), hub);
    }

    private static HubException missing() {
        return new HubException(ErrorKind.NOT_FOUND, "There is no such Parquet file");
    }

    /** By configuration and split, without those that the path named. */
    private static void list(
            JsonGenerator json, ViewerService.Dataset dataset, List<Split> splits, int named, String hub) {
        if (named == 2) {
            json.writeStartArray();
            addresses(json, dataset, splits.get(0), hub);
            json.writeEnd();
            return;
        }
        json.writeStartObject();
        String open = "";
        boolean first = true;
        for (Split split : splits) {
            if (named == 0 && (first || !open.equals(split.config()))) {
                if (!first) {
                    json.writeEnd();
                }
                open = split.config();
                first = false;
                json.writeStartObject(open);
            }
            json.writeStartArray(split.name());
            addresses(json, dataset, split, hub);
            json.writeEnd();
        }
        if (named == 0) {
            json.writeEnd();
        }
        json.writeEnd();
    }

    private static void addresses(JsonGenerator json, ViewerService.Dataset dataset, Split split, String hub) {
        String prefix = hub + "/api/datasets/" + dataset.repo().name().fullName() + "/parquet/"
                + ParquetFiles.encoded(split.config()) + '/' + ParquetFiles.encoded(split.name()) + '/';
        for (int i = 0; i < split.files().size(); i++) {
            json.write(prefix + i + ".parquet");
        }
    }
}
