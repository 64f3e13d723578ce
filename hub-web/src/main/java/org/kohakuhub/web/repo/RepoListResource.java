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
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;
import org.kohakuhub.repo.ListQuery;
import org.kohakuhub.repo.RepositoryCatalog;
import org.kohakuhub.repo.RepositoryPage;
import org.kohakuhub.repo.RepositoryRecord;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.paging.Links;

/** {@code GET /api/models}, {@code /api/datasets}, {@code /api/spaces}: a page at a time. */
@RequestScoped
@Path("/api/{type: models|datasets|spaces}")
public class RepoListResource {
    private static final int PAGE = 500;
    private static final int LONGEST_PAGE = 1_000;

    /** Where each item is looked into. */
    private static final int COSTLY_PAGE = 50;

    private static final int MOST_CONDITIONS = 30;

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
        RepositoryPage page = catalog.list(caller.get(), query(type, parameters, fields));
        Response.ResponseBuilder answer = Response.ok(JsonAnswer.of(json -> {
            json.writeStartArray();
            page.repositories().forEach(repository -> write(json, repository, fields));
            json.writeEnd();
        }));
        page.next().ifPresent(next -> answer.header("Link", links.next("cursor", next)));
        return answer.build();
    }

    private void write(JsonGenerator json, RepositoryRecord repository, Fields fields) {
        var inside = new RepositoryJson.Inside(
                fields.has("sha") ? catalog.head(repository) : Optional.empty(),
                false,
                each -> catalog.forEachFile(repository, each),
                () -> catalog.storage(repository));
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
        List<String> expand = Stream.concat(all(parameters, "expand"), all(parameters, "expand[]"))
                .toList();
        return Fields.inLists(type, expand, more);
    }

    static ListQuery query(RepoType type, MultivaluedMap<String, String> parameters, Fields fields) {
        List<String> tags = Stream.of("filter", "pipeline_tag", "library", "tags")
                .flatMap(name -> all(parameters, name))
                .flatMap(value -> Stream.of(value.split(",", -1))) // older clients join tags by commas
                .filter(tag -> !tag.isBlank())
                .toList();
        List<String> search =
                all(parameters, "search").filter(text -> !text.isEmpty()).toList();
        if (tags.size() + search.size() > MOST_CONDITIONS) {
            throw new HubException(
                    ErrorKind.INVALID, "A list may be narrowed by " + MOST_CONDITIONS + " tags and texts at most");
        }
        return new ListQuery(
                Optional.of(type),
                Optional.ofNullable(parameters.getFirst("author")).filter(author -> !author.isEmpty()),
                search,
                tags,
                gated(parameters.getFirst("gated")),
                order(parameters.getFirst("sort")),
                Optional.ofNullable(parameters.getFirst("cursor")),
                fields.needFiles()
                        ? PageSize.read(parameters.getFirst("limit"), COSTLY_PAGE, COSTLY_PAGE)
                        : PageSize.read(parameters.getFirst("limit"), PAGE, LONGEST_PAGE));
    }

    private static Stream<String> all(MultivaluedMap<String, String> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null ? Stream.empty() : values.stream();
    }

    private static Optional<Boolean> gated(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty()).map(QueryFlag::isSet);
    }

    /** Nobody trends here: that order is the order of the last change. */
    private static ListQuery.Order order(String sort) {
        return switch (sort == null ? "" : sort) {
            case "", "lastModified", "last_modified", "trendingScore", "trending_score" -> ListQuery.Order.MODIFIED;
            case "createdAt", "created_at" -> ListQuery.Order.CREATED;
            case "downloads" -> ListQuery.Order.DOWNLOADS;
            case "likes" -> ListQuery.Order.LIKES;
            default -> throw new HubException(ErrorKind.INVALID, "Unknown sort: " + Text.shown(sort));
        };
    }
}
