package org.kohakuhub.config;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * What a TOML file sets.
 *
 * @param values by property name ({@link Key#property})
 * @param problems why the file cannot be used; empty if it can
 * @param unknown names in the file that no setting has, most likely misspelt
 */
record TomlFile(Map<String, String> values, List<String> problems, List<String> unknown) {
    static final TomlFile NONE = new TomlFile(Map.of(), List.of(), List.of());

    static TomlFile read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            return broken("HUB_CONFIG names a file that cannot be read: " + file);
        }
    }

    static TomlFile parse(String toml) {
        TomlParseResult parsed = Toml.parse(toml);
        if (parsed.hasErrors()) {
            return broken("HUB_CONFIG names a file that is not TOML: "
                    + parsed.errors().get(0).toString());
        }
        Map<String, Key> keys = Arrays.stream(Key.values()).collect(Collectors.toMap(Key::toml, key -> key));
        Map<String, String> values = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        for (String name : parsed.dottedKeySet()) {
            Key key = keys.get(name);
            if (key == null) {
                unknown.add(name);
            } else {
                values.put(key.property(), text(key, parsed.get(name)));
            }
        }
        return new TomlFile(values, List.of(), unknown);
    }

    private static TomlFile broken(String problem) {
        return new TomlFile(Map.of(), List.of(problem), List.of());
    }

    private static String text(Key key, Object value) {
        if (value instanceof TomlArray array) {
            return key == Key.FALLBACK_SOURCES ? json(array) : commas(array);
        }
        return String.valueOf(value);
    }

    private static String commas(TomlArray array) {
        return IntStream.range(0, array.size())
                .mapToObj(i -> String.valueOf(array.get(i)))
                .collect(Collectors.joining(","));
    }

    private static String json(TomlArray array) {
        JsonArrayBuilder objects = Json.createArrayBuilder();
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) instanceof TomlTable table) {
                JsonObjectBuilder object = Json.createObjectBuilder();
                table.keySet().forEach(name -> {
                    Object value = table.get(List.of(name));
                    if (value instanceof Long number) {
                        object.add(name, number);
                    } else {
                        object.add(name, String.valueOf(value));
                    }
                });
                objects.add(object);
            } else {
                objects.add(String.valueOf(array.get(i)));
            }
        }
        return objects.build().toString();
    }
}
