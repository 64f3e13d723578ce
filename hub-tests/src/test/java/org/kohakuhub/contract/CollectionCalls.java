package org.kohakuhub.contract;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;

/** Requests about collections that several tests make. */
final class CollectionCalls {
    static final String API = "/api/collections";

    private CollectionCalls() {}

    static JsonObject named(String title) {
        return Json.createObjectBuilder().add("title", title).build();
    }

    static String make(HubUser who, String title) {
        return who.http().post(API, named(title)).expect(200).json().getString("slug");
    }

    static Answer patch(HubHttp who, String path, JsonObjectBuilder body) {
        return who.send(
                "PATCH", path, "application/json", Bytes.utf8(body.build().toString()));
    }

    static Answer add(HubHttp who, String slug, String type, String id) {
        JsonObjectBuilder item = Json.createObjectBuilder().add("type", type).add("id", id);
        return who.post(
                API + '/' + slug + "/items",
                Json.createObjectBuilder().add("item", item).build());
    }

    static List<String> items(HubHttp who, String slug) {
        return who.get(API + '/' + slug).expect(200).json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject().getString("id"))
                .toList();
    }

    /** All titles of a list, page by page. */
    static List<String> titles(HubHttp who, String query) {
        List<String> seen = new ArrayList<>();
        String next = API + query;
        while (next != null) {
            Answer page = who.get(next).expect(200);
            page.list().forEach(item -> seen.add(item.asJsonObject().getString("title")));
            next = page.find("Link")
                    .map(link -> URI.create(link.substring(1, link.indexOf('>'))))
                    .map(uri -> uri.getRawPath() + "?" + uri.getRawQuery())
                    .orElse(null);
        }
        return seen;
    }
}
