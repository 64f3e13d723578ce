package org.kohakuhub.repo;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The metadata at the head of a README.md: YAML between two lines of three dashes. It is a stranger's text, so its
 * length, depth and number of values (aliases may multiply them) are bounded, and only plain data is built from it.
 */
public final class FrontMatter {
    private static final Pattern BLOCK = Pattern.compile(
            "\\A\\uFEFF?\\s*---[ \\t]*\\r?\\n(.*?)(?:\\r?\\n)?^---[ \\t]*$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final int LONGEST = 256 * 1024;
    private static final int DEEPEST = 32;
    private static final int MOST_VALUES = 20_000;

    private FrontMatter() {}

    /** The block of a README, without the dashes; empty where there is none. */
    public static Optional<String> blockOf(String readme) {
        Matcher matcher = BLOCK.matcher(readme);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** What follows the block; everything where there is none. */
    static String withoutBlock(String readme) {
        Matcher matcher = BLOCK.matcher(readme);
        return matcher.find() ? readme.substring(matcher.end()) : readme;
    }

    /**
     * The README's metadata.
     *
     * @return empty where there is no block
     * @throws Malformed with a sentence for the author, if the block is no YAML mapping or out of bounds
     */
    public static Optional<JsonObject> read(String readme) throws Malformed {
        Optional<String> block = blockOf(readme);
        if (block.isEmpty() || block.get().isBlank()) {
            return Optional.empty();
        }
        Object root = load(block.get());
        if (root == null) {
            return Optional.empty();
        }
        if (!(root instanceof Map<?, ?> map)) {
            throw new Malformed("The metadata at the head of README.md is not a mapping");
        }
        return Optional.of(new Converter().object(map, 0).build());
    }

    private static Object load(String yaml) throws Malformed {
        if (yaml.length() > LONGEST) {
            throw new Malformed("The metadata at the head of README.md is longer than " + LONGEST + " characters");
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel("README.md")
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(false)
                .setAllowRecursiveKeys(false)
                .setMaxAliasesForCollections(50)
                .setCodePointLimit(LONGEST)
                .build();
        try {
            return new Load(settings).loadFromString(yaml);
        } catch (YamlEngineException | StackOverflowError e) {
            String why = e instanceof YamlEngineException ? e.getMessage() : "it is nested too deeply";
            throw new Malformed("The metadata at the head of README.md is not valid YAML: " + why);
        }
    }

    /** A block that cannot be taken for metadata. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String sentence) {
            super(sentence);
        }
    }

    private static final class Converter {
        private int values;

        private JsonObjectBuilder object(Map<?, ?> map, int depth) throws Malformed {
            check(depth);
            JsonObjectBuilder object = Json.createObjectBuilder();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                object.add(String.valueOf(entry.getKey()), value(entry.getValue(), depth + 1));
            }
            return object;
        }

        private JsonArrayBuilder array(Iterable<?> items, int depth) throws Malformed {
            check(depth);
            JsonArrayBuilder array = Json.createArrayBuilder();
            for (Object item : items) {
                array.add(value(item, depth + 1));
            }
            return array;
        }

        private JsonValue value(Object value, int depth) throws Malformed {
            values++;
            if (values > MOST_VALUES) {
                throw new Malformed("The metadata at the head of README.md has more than " + MOST_VALUES + " values");
            }
            if (value == null) {
                return JsonValue.NULL;
            }
            if (value instanceof Map<?, ?> map) {
                return object(map, depth).build();
            }
            if (value instanceof Iterable<?> items) {
                return array(items, depth).build();
            }
            if (value instanceof Boolean bool) {
                return bool ? JsonValue.TRUE : JsonValue.FALSE;
            }
            if (value instanceof Integer || value instanceof Long) {
                return Json.createValue(((Number) value).longValue());
            }
            if (value instanceof BigInteger big) {
                return Json.createValue(big);
            }
            if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
                return Json.createValue(number);
            }
            return Json.createValue(String.valueOf(value));
        }

        private static void check(int depth) throws Malformed {
            if (depth > DEEPEST) {
                throw new Malformed("The metadata at the head of README.md is nested too deeply");
            }
        }
    }
}
