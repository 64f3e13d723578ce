package org.kohakuhub.web.collection;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.collection.CollectionLists;
import org.kohakuhub.collection.CollectionQuery;
import org.kohakuhub.collection.CollectionService;
import org.kohakuhub.collection.NewCollection;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;
import org.kohakuhub.web.paging.Links;
import org.kohakuhub.web.repo.PageSize;

/** {@code /api/collections}: lists and makes collections. */
@RequestScoped
@Path("/api/collections")
@Produces(MediaType.APPLICATION_JSON)
public class CollectionsResource {
    private static final int PAGE = 20;
    private static final int LONGEST = 100;

    private final CollectionService collections;
    private final CollectionLists lists;
    private final CollectionJson writer;
    private final RequestCaller caller;
    private final Links links;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public CollectionsResource() {
        this(null, null, null, null, null);
    }

    @Inject
    public CollectionsResource(
            CollectionService collections,
            CollectionLists lists,
            CollectionJson writer,
            RequestCaller caller,
            Links links) {
        this.collections = collections;
        this.lists = lists;
        this.writer = writer;
        this.caller = caller;
        this.links = links;
    }

    /** huggingface_hub's {@code list_collections}. */
    @GET
    public Response list(
            @QueryParam("owner") List<String> owners,
            @QueryParam("item") List<String> items,
            @QueryParam("sort") String sort,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        if (owners.size() > CollectionQuery.LONGEST || items.size() > CollectionQuery.LONGEST) {
            throw new HubException(
                    ErrorKind.INVALID, "At most " + CollectionQuery.LONGEST + " owners and items can be asked for");
        }
        CollectionLists.Page page = lists.list(
                caller.get(),
                new CollectionQuery(owners, items, sort(sort)),
                Optional.ofNullable(cursor),
                PageSize.read(limit, PAGE, LONGEST));
        Response.ResponseBuilder answer = Response.ok(JsonAnswer.of(json -> {
            json.writeStartArray();
            page.collections().forEach(collection -> writer.listed(json, collection));
            json.writeEnd();
        }));
        page.next().ifPresent(next -> answer.header("Link", links.next("cursor", next)));
        return answer.build();
    }

    /** What is voted for most is what the hub knows of trends among collections. */
    private static Optional<CollectionQuery.Sort> sort(String word) {
        if (word == null || word.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (word) {
                    case "lastModified" -> CollectionQuery.Sort.LAST_MODIFIED;
                    case "trending", "upvotes" -> CollectionQuery.Sort.UPVOTES;
                    default ->
                        throw new HubException(
                                ErrorKind.INVALID, "sort must be one of lastModified, trending, upvotes");
                });
    }

    /** huggingface_hub's {@code create_collection}: a refusal's {@code slug} tells it which collection is there. */
    @POST
    public Response create(InputStream body) {
        JsonBody asked = JsonBody.read(body);
        if (asked.value("resourceGroupId").isPresent()) {
            throw new HubException(
                    ErrorKind.NOT_IMPLEMENTED,
                    "Resource groups are part of the hosted service only; this hub has none");
        }
        CollectionService.Creation made = collections.create(
                caller.get(),
                new NewCollection(
                        asked.text("namespace").orElseGet(() -> caller.user().username()),
                        asked.required("title"),
                        asked.text("description"),
                        asked.flag("private").orElse(false)));
        if (made.isNew()) {
            return Response.ok(JsonAnswer.of(json -> writer.whole(json, made.collection())))
                    .build();
        }
        String sentence = "There is a collection of this title already";
        return Response.status(ErrorKind.CONFLICT.status())
                .header("X-Error-Message", sentence)
                .entity(new Taken(sentence, made.collection().slug()))
                .build();
    }

    /** The refusal of a title that is taken. */
    public record Taken(String error, String slug) {}
}
