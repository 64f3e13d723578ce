package org.kohakuhub.config;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Reads {@code KOHAKU_HUB_FALLBACK_SOURCES}, a JSON list of objects. */
final class Fallbacks {
    private static final Set<String> TYPES = Set.of("huggingface", "kohakuhub");

    private Fallbacks() {}

    static List<FallbackConfig.Source> parse(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readArray().stream()
                    .map(JsonValue::asJsonObject)
                    .map(Fallbacks::source)
                    .sorted(Comparator.comparingInt(FallbackConfig.Source::priority))
                    .toList();
        } catch (JsonException | ClassCastException malformed) {
            throw Settings.wrong(Key.FALLBACK_SOURCES, "must be a JSON list of objects with url, name and source_type");
        }
    }

    private static FallbackConfig.Source source(JsonObject source) {
        String url = source.getString("url", "");
        String type = source.getString("source_type", "huggingface");
        if (!url.matches("https?://[^/?#@\\s]+(/[^?#\\s]*)?")) {
            throw Settings.wrong(Key.FALLBACK_SOURCES, "holds a source without an address in url");
        }
        if (!TYPES.contains(type)) {
            throw Settings.wrong(Key.FALLBACK_SOURCES, "holds a source_type other than huggingface and kohakuhub");
        }
        return new FallbackConfig.Source(
                URI.create(url.replaceAll("/+$", "")),
                new Secret(source.getString("token", "")),
                source.getInt("priority", 100),
                source.getString("name", url),
                type);
    }
}
