package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.repo.RepositoryCatalog;
import org.kohakuhub.repo.RepositoryPage;
import org.kohakuhub.repo.RepositoryRecord;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.paging.Links;

/** {@code GET /api/models}, {@code /api/datasets}, {@code /api/spaces}: a page at a time. */
@RequestScoped
@Path("/api/" + RepoPath.TYPE)
public class RepoListResource {
    private final RepositoryCatalog catalog;
    private final RequestCaller caller;
    private final Links links;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public RepoListResource() {
        this(null, null, null);
    }

    @Inject
    public RepoListResource(RepositoryCatalog catalog, RequestCaller caller, Links links) {
        this.catalog = catalog;
        this.caller = caller;
        this.links = links;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(@PathParam("type") String typeInPath, @Context UriInfo uri) {
        RepoType type = RepoType.parse(typeInPath);
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        Fields fields = fields(type, parameters);
        ListQuestion question = new ListQuestion(type, parameters);
        if (question.isHopeless()) {
            return Response.ok("[]").build();
        }
        RepositoryPage page = catalog.list(caller.get(), question.query(fields), fields.facts(), fields.needCards());
        Response.ResponseBuilder answer = Response.ok(JsonAnswer.of(json -> {
            json.writeStartArray();
            page.repositories().forEach(repository -> write(json, page, repository, fields));
            json.writeEnd();
        }));
        page.next().ifPresent(next -> answer.header("Link", links.next("cursor", next)));
        return answer.build();
    }

    private void write(JsonGenerator json, RepositoryPage page, RepositoryRecord repository, Fields fields) {
        var inside = new RepositoryJson.Inside(
                true,
                page.facts(repository).head(),
                page.facts(repository),
                false,
                false,
                repository::weights,
                () -> repository.mainSize().isPresent() ? repository.mainSize().getAsLong() : null,
                each -> catalog.forEachFile(repository, each));
        RepositoryJson.write(json, repository, repository.card(), fields, inside);
    }

    private static Fields fields(RepoType type, MultivaluedMap<String, String> parameters) {
        List<String> more = new ArrayList<>();
        if (QueryFlag.isSet(parameters.getFirst("full"))) {
            more.addAll(List.of("sha", "siblings", "cardData"));
        }
        if (QueryFlag.isSet(parameters.getFirst("config"))) {
            more.add("config");
        }
        if (QueryFlag.isSet(parameters.getFirst("cardData"))) {
            more.add("cardData");
        }
        List<String> expand = Stream.of("expand", "expand[]")
                .flatMap(name -> Optional.ofNullable(parameters.get(name)).stream())
                .flatMap(List::stream)
                .toList();
        return Fields.inLists(type, expand, more);
    }
}
