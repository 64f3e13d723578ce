package org.kohakuhub.repo;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kohakuhub.common.RepoType;

/** Flattens a card's metadata to the tags by which repositories are filtered: {@code license:mit}, {@code en}. */
final class CardTags {
    private static final int LONGEST_TAG = 200;
    private static final int MOST_TAGS = 1_000;

    /** Keys whose values become tags, and what is set before them; the order is the order of the tags. */
    private static final Map<String, String> OF_MODELS = keys(
            "library_name",
            "",
            "tags",
            "",
            "datasets",
            "dataset:",
            "language",
            "",
            "base_model",
            "base_model:",
            "license",
            "license:",
            "pipeline_tag",
            "");

    private static final Map<String, String> OF_DATASETS = keys(
            "task_categories",
            "task_categories:",
            "task_ids",
            "task_ids:",
            "annotations_creators",
            "annotations_creators:",
            "language_creators",
            "language_creators:",
            "multilinguality",
            "multilinguality:",
            "source_datasets",
            "source_datasets:",
            "language",
            "language:",
            "license",
            "license:",
            "size_categories",
            "size_categories:",
            "tags",
            "");

    private static final Map<String, String> OF_SPACES = keys("sdk", "", "tags", "", "license", "license:");

    private CardTags() {}

    static List<String> of(RepoType type, JsonObject card) {
        Set<String> tags = new LinkedHashSet<>();
        Map<String, String> keys = switch (type) {
            case MODEL -> OF_MODELS;
            case DATASET -> OF_DATASETS;
            case SPACE -> OF_SPACES;
        };
        keys.forEach((key, prefix) -> {
            for (String text : texts(card.get(key))) {
                String tag = prefix + text;
                if (isPlain(tag) && tags.size() < MOST_TAGS) {
                    tags.add(tag);
                }
            }
        });
        if (type == RepoType.MODEL) {
            texts(card.get("base_model_relation"))
                    .forEach(relation -> texts(card.get("base_model")).stream()
                            .map(base -> "base_model:" + relation + ':' + base)
                            .filter(CardTags::isPlain)
                            .forEach(tags::add));
        }
        return List.copyOf(tags);
    }

    /** Tags are searched in their JSON form, where only these are as long as they look. */
    private static boolean isPlain(String tag) {
        return tag.length() <= LONGEST_TAG && tag.chars().noneMatch(c -> c < ' ' || c == '"' || c == '\\');
    }

    /** A text, or the texts of a list; numbers count as their digits, anything else is passed over. */
    static List<String> texts(JsonValue value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof JsonArray array) {
            array.forEach(item -> add(texts, item));
        } else {
            add(texts, value);
        }
        return texts;
    }

    private static void add(List<String> texts, JsonValue value) {
        if (value instanceof JsonString string && !string.getString().isBlank()) {
            texts.add(string.getString().strip());
        } else if (value instanceof JsonNumber number) {
            texts.add(number.toString());
        }
    }

    private static Map<String, String> keys(String... pairs) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            keys.put(pairs[i], pairs[i + 1]);
        }
        return keys;
    }
}
