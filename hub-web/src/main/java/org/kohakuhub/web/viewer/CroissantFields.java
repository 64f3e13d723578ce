package org.kohakuhub.web.viewer;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.Map;

/** The columns of one set of files as Croissant's fields. */
final class CroissantFields {
    private static final int DEEPEST = 16;

    /** Features that hold media: the bytes stand beside the path. */
    private static final Map<String, String> MEDIA =
            Map.of("Image", "sc:ImageObject", "Audio", "sc:AudioObject", "Video", "sc:VideoObject");

    private final JsonGenerator json;
    private final String fileSet;

    CroissantFields(JsonGenerator json, String fileSet) {
        this.json = json;
        this.fileSet = fileSet;
    }

    void write(String id, String column, JsonValue type) {
        json.writeStartObject().write("@type", "cr:Field").write("@id", id);
        type(id, column, "", type, 0);
        json.writeEnd();
    }

    /**
     * What follows a field's id.
     *
     * @param path of the part of a cell that this is, as JSONPath has it; empty for all of it
     */
    private void type(String id, String column, String path, JsonValue type, int depth) {
        JsonValue element = element(type);
        if (element != null) {
            json.write("isArray", true).write("arrayShape", "-1");
        }
        JsonValue single = element == null ? type : element;
        String kind = word(single, "_type");
        if (MEDIA.containsKey(kind)) {
            json.write("dataType", MEDIA.get(kind));
            source(column, path + (element == null ? "bytes" : "[*].bytes"));
        } else if (kind.isEmpty() && single instanceof JsonObject struct && depth < DEEPEST) {
            json.writeStartArray("subField");
            String before = path + (element == null ? "" : "[*].");
            struct.forEach((name, part) -> {
                json.writeStartObject().write("@type", "cr:Field").write("@id", id + '/' + name);
                type(id + '/' + name, column, before + name, part, depth + 1);
                json.writeEnd();
            });
            json.writeEnd();
        } else {
            json.write("dataType", kind.equals("ClassLabel") ? "sc:Integer" : dataType(word(single, "dtype")));
            source(column, path);
        }
    }

    /** Of what a list is made; null for what is no list. */
    private static JsonValue element(JsonValue type) {
        if (type instanceof JsonArray list && list.size() == 1) { // how the library wrote it once
            return list.get(0);
        }
        String kind = word(type, "_type");
        boolean list = kind.equals("List") || kind.equals("LargeList") || kind.equals("Sequence");
        return list ? type.asJsonObject().get("feature") : null;
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
        return dtype.startsWith("date") ? "sc:Date" : "sc:Text";
    }

    private void source(String column, String path) {
        json.writeStartObject("source")
                .writeStartObject("fileSet")
                .write("@id", fileSet)
                .writeEnd()
                .writeStartObject("extract")
                .write("column", column)
                .writeEnd();
        if (!path.isEmpty()) {
            json.writeStartObject("transform").write("jsonPath", path).writeEnd();
        }
        json.writeEnd();
    }
}
