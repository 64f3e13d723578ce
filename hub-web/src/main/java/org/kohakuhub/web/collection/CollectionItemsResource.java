package org.kohakuhub.web.collection;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.kohakuhub.collection.CollectionItemService;
import org.kohakuhub.collection.CollectionRecord;
import org.kohakuhub.collection.CollectionService;
import org.kohakuhub.collection.ItemType;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.Done;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;

/** {@code /api/collections/{slug}/items}: what is in a collection. */
@RequestScoped
@Path("/api/collections/{namespace}/{slug}/items")
@Produces(MediaType.APPLICATION_JSON)
public class CollectionItemsResource {
    private static final int LONGEST_NAME = 600;

    private final CollectionItemService items;
    private final CollectionService collections;
    private final CollectionJson writer;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public CollectionItemsResource() {
        this(null, null, null, null);
    }

    @Inject
    public CollectionItemsResource(
            CollectionItemService items, CollectionService collections, CollectionJson writer, RequestCaller caller) {
        this.items = items;
        this.collections = collections;
        this.writer = writer;
        this.caller = caller;
    }

    /** huggingface_hub's {@code add_collection_item}. */
    @POST
    public Response add(@BeanParam CollectionPath path, InputStream body) {
        JsonBody asked = JsonBody.read(body);
        JsonObject item = asked.value("item")
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElseThrow(() -> new HubException(ErrorKind.INVALID, "Missing field: item"));
        ItemType type = ItemType.parse(text(item, "type"))
                .orElseThrow(() -> new HubException(
                        ErrorKind.INVALID,
                        "item.type must be one of model, dataset, space, paper, collection, bucket"));
        items.add(caller.get(), path.slug(), type, text(item, "id"), asked.text("note"));
        CollectionRecord collection = collections.info(caller.get(), path.slug());
        return Response.ok(JsonAnswer.of(json -> writer.whole(json, collection)))
                .build();
    }

    private static String text(JsonObject item, String field) {
        if (item.get(field) instanceof JsonString value && value.getChars().length() <= LONGEST_NAME) {
            return value.getString();
        }
        throw new HubException(ErrorKind.INVALID, "Field item." + field + " must be a text");
    }

    /** huggingface_hub's {@code update_collection_item}. */
    @PATCH
    @Path("{item}")
    public Done change(@BeanParam CollectionPath path, @PathParam("item") String item, InputStream body) {
        JsonBody asked = JsonBody.read(body);
        Optional<Long> position = CollectionResource.position(asked);
        items.change(caller.get(), path.slug(), item, asked.text("note"), position);
        return Done.because("The item is changed");
    }

    /** huggingface_hub's {@code delete_collection_item}. */
    @DELETE
    @Path("{item}")
    public Done remove(@BeanParam CollectionPath path, @PathParam("item") String item) {
        items.remove(caller.get(), path.slug(), item);
        return Done.because("The item is taken out");
    }
}
