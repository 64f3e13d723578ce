package org.kohakuhub.viewer;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.query.Answer.Column;

/**
 * The types of a dataset's columns in the words of the datasets library: as it wrote them into the file itself, else
 * after the types that DuckDB sees.
 */
final class Features {
    private static final Map<String, String> DTYPES = Map.ofEntries(
            Map.entry("VARCHAR", "string"),
            Map.entry("BOOLEAN", "bool"),
            Map.entry("TINYINT", "int8"),
            Map.entry("SMALLINT", "int16"),
            Map.entry("INTEGER", "int32"),
            Map.entry("BIGINT", "int64"),
            Map.entry("UTINYINT", "uint8"),
            Map.entry("USMALLINT", "uint16"),
            Map.entry("UINTEGER", "uint32"),
            Map.entry("UBIGINT", "uint64"),
            Map.entry("FLOAT", "float32"),
            Map.entry("DOUBLE", "float64"),
            Map.entry("DATE", "date32"),
            Map.entry("TIME", "time64[us]"),
            Map.entry("TIMESTAMP_S", "timestamp[s]"),
            Map.entry("TIMESTAMP_MS", "timestamp[ms]"),
            Map.entry("TIMESTAMP", "timestamp[us]"),
            Map.entry("TIMESTAMP_NS", "timestamp[ns]"),
            Map.entry("TIMESTAMP WITH TIME ZONE", "timestamp[us, tz=UTC]"),
            Map.entry("BLOB", "binary"));
    private static final int DEEPEST = 32;

    private Features() {}

    /**
     * Each column's type, in their order.
     *
     * @param written what the file says of itself, if it does
     */
    static Map<String, JsonValue> of(Optional<String> written, List<Column> columns) {
        Map<String, JsonValue> types = new LinkedHashMap<>();
        JsonObject known = written.flatMap(Features::read).orElse(JsonValue.EMPTY_JSON_OBJECT);
        Set<String> names = Set.copyOf(columns.stream().map(Column::name).toList());
        boolean same = known.keySet().equals(names);
        for (Column column : columns) {
            types.put(column.name(), same ? known.get(column.name()) : type(column.type(), 0));
        }
        return types;
    }

    /** The features that the datasets library wrote into a file. */
    static Optional<JsonObject> read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonValue info = reader.readObject().get("info");
            return info instanceof JsonObject object && object.get("features") instanceof JsonObject features
                    ? Optional.of(features)
                    : Optional.empty();
        } catch (RuntimeException | StackOverflowError e) { // too many objects in each other: a bare RuntimeException
            return Optional.empty();
        }
    }

    /** The names of the classes that a column's numbers stand for, by the column's name. */
    static Map<String, List<String>> classes(Optional<String> written) {
        Map<String, List<String>> classes = new LinkedHashMap<>();
        written.flatMap(Features::read)
                .ifPresent(known -> known.forEach((name, type) -> {
                    if (type instanceof JsonObject object
                            && object.get("names") instanceof JsonArray names
                            && name.indexOf('\n') < 0) { // the engine is told the columns line by line
                        classes.put(
                                name,
                                names.stream()
                                        .map(each ->
                                                each instanceof JsonString text ? text.getString() : each.toString())
                                        .toList());
                    }
                }));
        return classes;
    }

    private static JsonValue type(String type, int depth) {
        if (depth > DEEPEST) {
            return value("string");
        }
        if (type.endsWith("]")) {
            return Json.createObjectBuilder()
                    .add("feature", type(type.substring(0, type.lastIndexOf('[')), depth + 1))
                    .add("_type", "List")
                    .build();
        }
        if (type.startsWith("STRUCT(")) {
            JsonObjectBuilder struct = Json.createObjectBuilder();
            for (String field : parts(type.substring("STRUCT(".length(), type.length() - 1))) {
                int end = endOfName(field);
                struct.add(
                        name(field.substring(0, end)), type(field.substring(end).trim(), depth + 1));
            }
            return struct.build();
        }
        if (type.startsWith("DECIMAL(")) {
            return value("decimal128" + type.substring("DECIMAL".length()).replace(",", ", "));
        }
        return value(DTYPES.getOrDefault(type, "string"));
    }

    private static JsonValue value(String dtype) {
        return Json.createObjectBuilder()
                .add("dtype", dtype)
                .add("_type", "Value")
                .build();
    }

    /** Fields of a struct, which commas part outside of brackets and quotes. */
    private static List<String> parts(String fields) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < fields.length(); i++) {
            char c = fields.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')') {
                depth--;
            } else if (!quoted && depth == 0 && c == ',') {
                parts.add(fields.substring(start, i).trim());
                start = i + 1;
            }
        }
        parts.add(fields.substring(start).trim());
        return parts;
    }

    private static int endOfName(String field) {
        boolean quoted = false;
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == '"') {
                quoted = !quoted;
            } else if (!quoted && field.charAt(i) == ' ') {
                return i;
            }
        }
        return field.length();
    }

    private static String name(String written) {
        return written.startsWith("\"") && written.length() > 1
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written;
    }

    /** As the dataset viewer lists them. */
    static JsonArrayBuilder list(Map<String, JsonValue> types) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        int index = 0;
        for (Map.Entry<String, JsonValue> type : types.entrySet()) {
            list.add(Json.createObjectBuilder()
                    .add("feature_idx", index++)
                    .add("name", type.getKey())
                    .add("type", type.getValue()));
        }
        return list;
    }
}
