package org.kohakuhub.web.viewer;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.repo.RepositoryCatalog;
import org.kohakuhub.repo.RepositoryInfo;
import org.kohakuhub.viewer.DescribedDataset;
import org.kohakuhub.viewer.ViewerService;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.repo.RepoAddress;

/** {@code GET /api/datasets/{ns}/{name}/croissant}: the dataset's metadata in MLCommons' Croissant form (JSON-LD). */
@RequestScoped
@Path("/api/datasets/{namespace}/{name}/croissant")
public class CroissantResource {
    private final ViewerService viewer;
    private final RepositoryCatalog catalog;
    private final RequestCaller caller;
    private final RequestBase base;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public CroissantResource() {
        this(null, null, null, null);
    }

    @Inject
    public CroissantResource(ViewerService viewer, RepositoryCatalog catalog, RequestCaller caller, RequestBase base) {
        this.viewer = viewer;
        this.catalog = catalog;
        this.caller = caller;
        this.base = base;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response croissant(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        RepoId id = RepoAddress.read(RepoType.DATASET, namespace, name);
        DescribedDataset described = viewer.describe(caller.get(), id);
        RepositoryInfo info = catalog.info(caller.get(), id, Optional.empty());
        String hub = ParquetFiles.hub(base.base());
        return Response.ok(JsonAnswer.of(json -> new CroissantJson(json, described, hub).write(info)))
                .header("X-Revision", described.dataset().commit().hex())
                .build();
    }
}
