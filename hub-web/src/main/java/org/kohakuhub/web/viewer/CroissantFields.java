package org.kohakuhub.web.viewer;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of one configuration's files as Croissant's fields. */
final class CroissantFields {
    private static final int DEEPEST = 16;

    /** Features that hold media: the bytes stand beside the path. */
    private static final Map<String, String> MEDIA =
            Map.of("Image", "sc:ImageObject", "Audio", "sc:AudioObject", "Video", "sc:VideoObject");

    private final JsonGenerator json;
    private final CroissantIds ids;
    private final CroissantFiles files;

    CroissantFields(JsonGenerator json, CroissantIds ids, CroissantFiles files) {
        this.json = json;
        this.ids = ids;
        this.files = files;
    }

    void write(String records, String column, JsonValue type) {
        field(records, column, type, new Place(column, "", 0));
    }

    private void field(String parent, String name, JsonValue type, Place place) {
        String id = ids.of(parent, name);
        json.writeStartObject().write("@type", "cr:Field").write("@id", id);
        if (!id.equals(parent + '/' + name)) {
            json.write("name", name);
        }
        type(id, type, place);
        json.writeEnd();
    }

    /** What follows a field's id. */
    private void type(String id, JsonValue type, Place place) {
        ListType list = ListType.of(type);
        if (!list.shape().isEmpty()) {
            json.write("isArray", true).write("arrayShape", list.shape());
        }
        Place each =
                list.shape().isEmpty() ? place : place.elements(list.shape().split(",", -1).length);
        String kind = word(list.element(), "_type");
        Map<String, JsonValue> parts = parts(list.element());
        if (MEDIA.containsKey(kind)) {
            if (!list.shape().isEmpty()) {
                json.write("repeated", true); // outdated, but mlcroissant 1.1 opens lists of pictures for nothing else
            }
            json.write("dataType", MEDIA.get(kind));
            source(each.part("bytes"));
        } else if (!parts.isEmpty() && place.depth() < DEEPEST) {
            if (files.jsonList() && place.path().isEmpty()) {
                source(place); // readers fetch from a list what whole fields ask for
            }
            json.writeStartArray("subField");
            parts.forEach((name, part) -> field(id, name, part, each.part(name)));
            json.writeEnd();
        } else {
            json.write("dataType", kind.equals("ClassLabel") ? "sc:Integer" : dataType(word(list.element(), "dtype")));
            source(place);
        }
    }

    /** The members of a struct; none of anything else. */
    private static Map<String, JsonValue> parts(JsonValue type) {
        if (word(type, "_type").equals("Translation")
                && type.asJsonObject().get("languages") instanceof JsonArray all) {
            Map<String, JsonValue> texts = new LinkedHashMap<>();
            all.getValuesAs(JsonString.class).forEach(language -> texts.put(language.getString(), JsonValue.NULL));
            return texts;
        }
        return word(type, "_type").isEmpty() && type instanceof JsonObject struct ? struct : Map.of();
    }

    private static String word(JsonValue type, String field) {
        return type instanceof JsonObject object && object.get(field) instanceof JsonString text
                ? text.getString()
                : "";
    }

    private static String dataType(String dtype) {
        if (dtype.startsWith("int") || dtype.startsWith("uint")) {
            return "sc:Integer";
        }
        if (dtype.startsWith("float") || dtype.startsWith("decimal")) {
            return "sc:Float";
        }
        if (dtype.startsWith("bool")) {
            return "sc:Boolean";
        }
        if (dtype.startsWith("timestamp")) {
            return "sc:DateTime";
        }
        if (dtype.startsWith("time")) {
            return "sc:Time";
        }
        return dtype.startsWith("date") ? "sc:Date" : "sc:Text";
    }

    private void source(Place place) {
        json.writeStartObject("source");
        files.reference(json);
        json.writeStartObject("extract");
        if (files.jsonList()) {
            json.write("jsonPath", "$[*]" + Place.member(place.column(), "$"));
        } else {
            json.write("column", place.column());
        }
        json.writeEnd();
        if (!place.path().isEmpty()) {
            json.writeStartObject("transform").write("jsonPath", place.path()).writeEnd();
        }
        json.writeEnd();
    }

    /**
     * Where in a row a field's value is.
     *
     * @param path of the part of a cell that this is, as JSONPath has it; empty for all of it
     */
    private record Place(String column, String path, int depth) {
        Place elements(int dimensions) {
            return new Place(column, path + "[*]".repeat(dimensions), depth);
        }

        Place part(String name) {
            return new Place(column, path + member(name, path), depth + 1);
        }

        static String member(String name, String before) {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || name.equals("where")) { // a word of the language, to some
                return "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']";
            }
            return before.isEmpty() ? name : '.' + name;
        }
    }

    /**
     * A list, however deep.
     *
     * @param shape how long it is in each dimension, or -1; empty for what is no list
     * @param element what is in it
     */
    private record ListType(String shape, JsonValue element) {
        static ListType of(JsonValue type) {
            if (word(type, "_type").startsWith("Array")
                    && type.asJsonObject().get("shape") instanceof JsonArray lengths) {
                return new ListType(
                        lengths.stream()
                                .map(length -> length instanceof JsonNumber ? length.toString() : "-1")
                                .collect(Collectors.joining(",")),
                        type);
            }
            JsonValue element = element(type);
            if (element == null) {
                return new ListType("", type);
            }
            ListType inner = of(element);
            String length = type instanceof JsonObject object && object.getInt("length", -1) > 0
                    ? Integer.toString(object.getInt("length"))
                    : "-1";
            return new ListType(inner.shape().isEmpty() ? length : length + ',' + inner.shape(), inner.element());
        }

        private static JsonValue element(JsonValue type) {
            if (type instanceof JsonArray list && list.size() == 1) { // how the library wrote it once
                return list.get(0);
            }
            String kind = word(type, "_type");
            boolean list = kind.equals("List") || kind.equals("LargeList") || kind.equals("Sequence");
            return list ? type.asJsonObject().get("feature") : null;
        }
    }
}
