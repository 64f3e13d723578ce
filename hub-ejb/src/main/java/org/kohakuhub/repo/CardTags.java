package org.kohakuhub.repo;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.kohakuhub.common.RepoType;

/** Flattens a card's metadata to the tags by which repositories are filtered: {@code license:mit}, {@code en}. */
final class CardTags {
    private static final int LONGEST_TAG = 200;
    private static final int MOST_TAGS = 1_000;
    private static final int MOST_BASES = 100;

    /** The groups of tags that are not called as their keys are. */
    private static final Map<String, String> KINDS =
            Map.of("library_name", "library", "datasets", "dataset", "tags", Tag.OTHER);

    /** Groups of a model's tags that are bare and are also asked for with the group's name before them. */
    private static final Set<String> PREFIXED = Set.of("language", "library", "pipeline_tag");

    /** Groups of a dataset's tags that are also asked for without the group's name. */
    private static final Set<String> BARE = Set.of("language", "task_categories", "task_ids");

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
    private static final Map<String, String> OF_KERNELS = keys("tags", "", "license", "license:");

    private CardTags() {}

    /** The tags that a card's metadata make, in their order. */
    static List<Tag> of(RepoType type, JsonObject card) {
        Map<String, Tag> tags = new LinkedHashMap<>();
        Map<String, String> keys = switch (type) {
            case MODEL -> OF_MODELS;
            case DATASET -> OF_DATASETS;
            case SPACE -> OF_SPACES;
            case KERNEL -> OF_KERNELS;
        };
        keys.forEach((key, prefix) -> texts(card.get(key)).stream()
                .map(text -> prefix + text)
                .filter(CardTags::isPlain)
                .limit(MOST_TAGS - tags.size())
                .forEach(tag -> tags.putIfAbsent(tag, new Tag(KINDS.getOrDefault(key, key), tag))));
        return List.copyOf(tags.values());
    }

    /** The tags that say what a model was made from; {@code relation} is told or guessed. */
    static List<Tag> bases(JsonObject card, String relation) {
        return texts(card.get("base_model")).stream()
                .map(base -> "base_model:" + relation + ':' + base)
                .filter(CardTags::isPlain)
                .limit(MOST_BASES)
                .map(tag -> new Tag("base_model", tag))
                .toList();
    }

    /** The other spellings under which lists find what has these tags. */
    static List<Tag> aliases(RepoType type, List<Tag> tags, JsonObject card) {
        Stream<String> spellings = switch (type) {
            case MODEL ->
                tags.stream().filter(tag -> PREFIXED.contains(tag.kind())).map(tag -> tag.kind() + ':' + tag.text());
            case DATASET ->
                tags.stream()
                        .filter(tag -> BARE.contains(tag.kind()))
                        .map(tag -> tag.text().substring(tag.kind().length() + 1));
            case SPACE -> links(card);
            case KERNEL -> Stream.empty();
        };
        return spellings
                .filter(text -> text.length() <= Tag.LONGEST)
                .distinct()
                .map(Tag::alias)
                .toList();
    }

    private static Stream<String> links(JsonObject card) {
        List<String> links = Stream.of("models", "datasets")
                .flatMap(key -> texts(card.get(key)).stream().limit(MOST_BASES).map(id -> key + ':' + id))
                .filter(CardTags::isPlain)
                .toList();
        return links.isEmpty() ? Stream.empty() : Stream.concat(Stream.of(Tag.LINKED), links.stream());
    }

    /** Whether a text may be a tag, and stand in a column of its own. */
    static boolean isPlain(String tag) {
        return !tag.startsWith("hub:")
                && tag.length() <= LONGEST_TAG
                && tag.chars().noneMatch(c -> c < ' ');
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
