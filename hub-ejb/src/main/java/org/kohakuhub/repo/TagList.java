package org.kohakuhub.repo;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;

/** Tags as one column: a JSON list. */
final class TagList {
    private TagList() {}

    static String write(List<String> tags) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        tags.forEach(list::add);
        return list.build().toString();
    }

    static List<String> read(String column) {
        try (JsonReader reader = Json.createReader(new StringReader(column))) {
            return reader.readArray().getValuesAs(JsonString::getString);
        }
    }
}
