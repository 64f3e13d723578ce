package org.kohakuhub.web.collection;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.stream.JsonGenerator;
import org.kohakuhub.collection.CollectionItem;
import org.kohakuhub.collection.CollectionRecord;
import org.kohakuhub.web.community.Avatars;
import org.kohakuhub.web.json.JsonAnswer;

/** Writes collections; the field names are the contract's. */
@RequestScoped
public class CollectionJson {
    private final Avatars avatars;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public CollectionJson() {
        this(null);
    }

    @Inject
    CollectionJson(Avatars avatars) {
        this.avatars = avatars;
    }

    /** A collection by itself. */
    void whole(JsonGenerator json, CollectionRecord collection) {
        json.writeStartObject().write("position", collection.position());
        fields(json, collection);
        json.writeEnd();
    }

    /** A collection in a list: without {@code position}, which the client numbers itself, and would find twice. */
    void listed(JsonGenerator json, CollectionRecord collection) {
        json.writeStartObject();
        fields(json, collection);
        json.writeEnd();
    }

    private void fields(JsonGenerator json, CollectionRecord collection) {
        CollectionRecord.Owner owner = collection.owner();
        json.write("slug", collection.slug()).write("title", collection.title());
        collection.description().ifPresent(text -> json.write("description", text));
        json.write("lastUpdated", JsonAnswer.date(collection.modifiedAt()))
                .write("gating", false)
                .write("private", collection.isPrivate())
                .write("theme", collection.theme().word())
                .write("upvotes", collection.upvotes())
                .write("isUpvotedByUser", collection.upvoted())
                .writeStartObject("owner")
                .write("_id", owner.id())
                .write("name", owner.name())
                .write("fullname", owner.fullName().orElse(owner.name()))
                .write("avatarUrl", avatars.address(owner.name(), owner.isOrganization()))
                .write("type", owner.isOrganization() ? "org" : "user")
                .writeEnd()
                .writeStartArray("items");
        collection.items().forEach(item -> item(json, item));
        json.writeEnd();
    }

    private static void item(JsonGenerator json, CollectionItem item) {
        json.writeStartObject()
                .write("_id", item.id())
                .write("id", item.target())
                .write("type", item.type().word())
                .write("position", item.position());
        item.slug().ifPresent(slug -> json.write("slug", slug));
        item.note()
                .ifPresent(text -> json.writeStartObject("note")
                        .write("text", text)
                        .write("html", escaped(text))
                        .writeEnd());
        json.writeEnd();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
