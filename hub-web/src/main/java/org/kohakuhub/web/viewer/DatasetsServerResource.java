package org.kohakuhub.web.viewer;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.viewer.RowsPage;
import org.kohakuhub.viewer.SplitStatistics;
import org.kohakuhub.viewer.ViewerService;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;

/**
 * The dataset viewer in the reference service's form, at {@code /api/datasets-server}; on a host whose name begins with
 * {@code datasets-server.} also at the root.
 */
@RequestScoped
@Path("/api/datasets-server")
@Produces(MediaType.APPLICATION_JSON)
public class DatasetsServerResource {
    private final ViewerService viewer;
    private final RequestCaller caller;
    private final RequestBase base;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public DatasetsServerResource() {
        this(null, null, null);
    }

    @Inject
    public DatasetsServerResource(ViewerService viewer, RequestCaller caller, RequestBase base) {
        this.viewer = viewer;
        this.caller = caller;
        this.base = base;
    }

    @GET
    @Path("/healthcheck")
    public Response healthcheck() {
        return Response.ok("\"ok\"").build();
    }

    @GET
    @Path("/splits")
    public Response splits(@BeanParam ViewerQuery query) {
        ViewerService.Dataset dataset = dataset(query);
        return revised(dataset, JsonAnswer.of(json -> SplitsJson.splits(json, dataset)));
    }

    private ViewerService.Dataset dataset(ViewerQuery query) {
        return viewer.dataset(caller.get(), query.dataset(), query.anyConfig());
    }

    private static Response revised(ViewerService.Dataset dataset, Object body) {
        return Response.ok(body).header("X-Revision", dataset.commit().hex()).build();
    }

    @GET
    @Path("/is-valid")
    public Response isValid(@BeanParam ViewerQuery query) {
        ViewerService.Dataset dataset = dataset(query);
        return revised(dataset, JsonAnswer.of(json -> SplitsJson.valid(json, dataset)));
    }

    @GET
    @Path("/size")
    public Response size(@BeanParam ViewerQuery query) {
        ViewerService.Sizes sizes = viewer.sizes(caller.get(), query.dataset(), query.anyConfig());
        return revised(sizes.dataset(), JsonAnswer.of(json -> SizesJson.size(json, sizes)));
    }

    @GET
    @Path("/info")
    public Response info(@BeanParam ViewerQuery query) {
        ViewerService.Sizes sizes = viewer.sizes(caller.get(), query.dataset(), query.anyConfig());
        return revised(
                sizes.dataset(),
                JsonAnswer.of(
                        json -> SizesJson.info(json, sizes, query.anyConfig().isPresent())));
    }

    @GET
    @Path("/parquet")
    public Response parquet(@BeanParam ViewerQuery query) {
        ViewerService.Dataset dataset = dataset(query);
        String hub = ParquetFiles.hub(base.base());
        return revised(dataset, JsonAnswer.of(json -> ParquetFiles.list(json, dataset, query.anySplit(), hub)));
    }

    @GET
    @Path("/first-rows")
    public Response firstRows(@BeanParam ViewerQuery query) {
        RepoId dataset = query.dataset();
        RowsPage page = viewer.rows(caller.get(), dataset, query.config(), query.split(), 0, ViewerQuery.PAGE);
        String head = "\"dataset\":" + RowsJson.text(dataset.fullName()) + ",\"config\":"
                + RowsJson.text(page.split().config()) + ",\"split\":"
                + RowsJson.text(page.split().name()) + ',';
        String tail = ",\"truncated\":" + (page.total() > page.rows().size());
        return rows(page, head, tail);
    }

    @GET
    @Path("/rows")
    public Response rows(@BeanParam ViewerQuery query) {
        return rows(viewer.rows(
                caller.get(), query.dataset(), query.config(), query.split(), query.offset(), query.length()));
    }

    @GET
    @Path("/search")
    public Response search(@BeanParam ViewerQuery query) {
        return rows(viewer.search(
                caller.get(),
                query.dataset(),
                query.config(),
                query.split(),
                query.query(),
                query.offset(),
                query.length()));
    }

    @GET
    @Path("/filter")
    public Response filter(@BeanParam ViewerQuery query) {
        if (query.where().isEmpty() && query.orderBy().isEmpty()) {
            throw new HubException(ErrorKind.UNPROCESSABLE, "Parameter 'where' or 'orderby' is required");
        }
        return rows(viewer.filter(
                caller.get(),
                query.dataset(),
                query.config(),
                query.split(),
                new ViewerService.Filter(
                        query.where().orElse(""), query.orderBy().orElse("")),
                query.offset(),
                query.length()));
    }

    @GET
    @Path("/statistics")
    public Response statistics(@BeanParam ViewerQuery query) {
        SplitStatistics found = viewer.statistics(caller.get(), query.dataset(), query.config(), query.split());
        return Response.ok(JsonAnswer.of(json -> SizesJson.statistics(json, found)))
                .header("X-Revision", found.commit().hex())
                .build();
    }

    private static Response rows(RowsPage page) {
        String tail = ",\"num_rows_total\":" + page.total() + ",\"num_rows_per_page\":" + ViewerQuery.PAGE
                + ",\"partial\":" + page.partial();
        return rows(page, "", tail);
    }

    private static Response rows(RowsPage page, String head, String tail) {
        return Response.ok(RowsJson.of(page, head, tail))
                .header("X-Revision", page.commit().hex())
                .build();
    }
}
