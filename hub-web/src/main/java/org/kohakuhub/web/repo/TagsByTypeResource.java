package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.repo.TagCatalog;

/** {@code GET /api/models-tags-by-type} and its like: the tags that public repositories have, by groups. */
@RequestScoped
@Path("/api/" + RepoPath.TYPE + "-tags-by-type")
public class TagsByTypeResource {
    private final TagCatalog tags;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public TagsByTypeResource() {
        this(null);
    }

    @Inject
    public TagsByTypeResource(TagCatalog tags) {
        this.tags = tags;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, List<TagCatalog.Listed>> tags(@PathParam("type") String type) {
        return tags.byKind(RepoType.parse(type));
    }
}
