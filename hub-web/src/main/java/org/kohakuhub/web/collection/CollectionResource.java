package org.kohakuhub.web.collection;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.kohakuhub.collection.CollectionChange;
import org.kohakuhub.collection.CollectionRecord;
import org.kohakuhub.collection.CollectionService;
import org.kohakuhub.collection.Theme;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.Done;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;

/** {@code /api/collections/{slug}}: shows, changes, removes a collection, and votes for it. */
@RequestScoped
@Path("/api/collections/{namespace}/{slug}")
@Produces(MediaType.APPLICATION_JSON)
public class CollectionResource {
    private final CollectionService collections;
    private final CollectionJson writer;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public CollectionResource() {
        this(null, null, null);
    }

    @Inject
    public CollectionResource(CollectionService collections, CollectionJson writer, RequestCaller caller) {
        this.collections = collections;
        this.writer = writer;
        this.caller = caller;
    }

    /** huggingface_hub's {@code get_collection}. */
    @GET
    public Response info(@BeanParam CollectionPath path) {
        CollectionRecord collection = collections.info(caller.get(), path.slug());
        return Response.ok(JsonAnswer.of(json -> writer.whole(json, collection)))
                .build();
    }

    /** huggingface_hub's {@code update_collection_metadata}. */
    @PATCH
    public Response change(@BeanParam CollectionPath path, InputStream body) {
        JsonBody asked = JsonBody.read(body);
        CollectionRecord changed = collections.change(
                caller.get(),
                path.slug(),
                new CollectionChange(
                        asked.text("title"),
                        asked.text("description"),
                        asked.flag("private"),
                        asked.text("theme").map(Theme::parse),
                        position(asked)));
        return Response.ok(JsonAnswer.of(json -> {
                    json.writeStartObject().write("success", true).writeKey("data");
                    writer.whole(json, changed);
                    json.writeEnd();
                }))
                .build();
    }

    /** A place from 0; behind the last one is the last. */
    static Optional<Long> position(JsonBody asked) {
        Optional<Long> position = asked.whole("position");
        if (position.filter(number -> number < 0).isPresent()) {
            throw new HubException(ErrorKind.INVALID, "position must not be negative");
        }
        return position;
    }

    /** huggingface_hub's {@code delete_collection}. */
    @DELETE
    public Done delete(@BeanParam CollectionPath path) {
        collections.delete(caller.get(), path.slug());
        return Done.because("The collection is removed");
    }

    @POST
    @Path("upvote")
    public Done upvote(@BeanParam CollectionPath path) {
        collections.upvote(caller.get(), path.slug());
        return Done.because("Voted for");
    }

    @DELETE
    @Path("upvote")
    public Done takeBack(@BeanParam CollectionPath path) {
        collections.takeBack(caller.get(), path.slug());
        return Done.because("Not voted for any more");
    }
}
