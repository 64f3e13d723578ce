package org.kohakuhub.viewer;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kohakuhub.version.TreeEntry;

/**
 * Which configurations and splits a dataset has, by the rules of the datasets library (docs/hf-api-contract.md, 17.2):
 * the card's {@code configs} say it, else the names of files and folders do.
 */
final class DatasetLayout {
    static final String DEFAULT_CONFIG = "default";

    private static final String TRAIN = "train";
    private static final List<String> KNOWN = List.of(TRAIN, "validation", "test");
    private static final Pattern SHARD = Pattern.compile("(?:.*/)?data/([^/]+)-[0-9]{5}-of-[0-9]{5}[^/]*\\.[^/]*");
    private static final Pattern SPLIT_NAME = Pattern.compile("\\w+(?:\\.\\w+)*");
    private static final String BETWEEN_WORDS = "[-._ 0-9]";
    private static final Map<String, List<String>> KEYWORDS = Map.of(
            TRAIN,
            List.of("train", "training"),
            "validation",
            List.of("validation", "valid", "dev", "val"),
            "test",
            List.of("test", "testing", "eval", "evaluation"));
    private static final Set<String> NO_DATA = Set.of(
            "README.md",
            "config.json",
            "dataset_info.json",
            "dataset_infos.json",
            "dummy_data.zip",
            "dataset_dict.json");
    private static final int MOST_CONFIGS = 1_000;
    private static final int MOST_PATTERNS = 1_000;

    private final List<TreeEntry> files;
    private int patterns;

    private DatasetLayout(List<TreeEntry> files) {
        this.files = files.stream()
                .filter(file -> !NO_DATA.contains(name(file.path())))
                .sorted(Comparator.comparing(TreeEntry::path))
                .toList();
    }

    /**
     * The splits, those of the default configuration's order first.
     *
     * @param files all files of the commit
     * @param card the README's metadata
     */
    static List<Split> of(List<TreeEntry> files, Optional<JsonObject> card) {
        DatasetLayout layout = new DatasetLayout(files);
        List<Split> splits = new ArrayList<>();
        JsonValue configs = card.map(data -> data.get("configs")).orElse(null);
        if (configs instanceof JsonArray list && !list.isEmpty()) {
            Set<String> seen = new HashSet<>();
            for (JsonValue each : list) {
                if (each instanceof JsonObject config && seen.size() < MOST_CONFIGS) {
                    String name = config.getString("config_name", DEFAULT_CONFIG);
                    if (seen.add(name)) {
                        splits.addAll(layout.config(name, config));
                    }
                }
            }
            return splits;
        }
        return layout.splits(DEFAULT_CONFIG, layout.byNames(""));
    }

    private List<Split> config(String name, JsonObject config) {
        String folder = config.getString("data_dir", "").replaceAll("^(?:\\./)+|/+$", "");
        String prefix = folder.isEmpty() ? "" : folder + '/';
        Map<String, List<String>> asked = asked(config.get("data_files"));
        if (asked.isEmpty()) {
            return splits(name, byNames(prefix));
        }
        Map<String, List<TreeEntry>> found = new LinkedHashMap<>();
        asked.forEach((split, wanted) -> found.put(split, matching(prefix, wanted)));
        return splits(name, found);
    }

    private static Map<String, List<String>> asked(JsonValue dataFiles) {
        Map<String, List<String>> asked = new LinkedHashMap<>();
        if (dataFiles instanceof JsonArray list) {
            for (JsonValue each : list) {
                if (each instanceof JsonObject split) {
                    asked.put(split.getString("split", TRAIN), texts(split.get("path")));
                } else {
                    asked.computeIfAbsent(TRAIN, train -> new ArrayList<>()).addAll(texts(each));
                }
            }
        } else if (dataFiles instanceof JsonObject bySplit) {
            bySplit.forEach((split, path) -> asked.put(split, texts(path)));
        } else if (dataFiles instanceof JsonString) {
            asked.put(TRAIN, texts(dataFiles));
        }
        asked.keySet().removeIf(split -> !SPLIT_NAME.matcher(split).matches());
        return asked;
    }

    private static List<String> texts(JsonValue value) {
        if (value instanceof JsonArray list) {
            return list.stream().flatMap(each -> texts(each).stream()).toList();
        }
        return value instanceof JsonString text ? List.of(text.getString()) : List.of();
    }

    private Map<String, List<TreeEntry>> byNames(String prefix) {
        Map<String, List<TreeEntry>> shards = shards(prefix);
        if (!shards.isEmpty()) {
            return shards;
        }
        for (List<String> forms : List.of(
                List.of(
                        "**/%s/**",
                        "**/%s" + BETWEEN_WORDS + "*/**",
                        "**/*" + BETWEEN_WORDS + "%s/**",
                        "**/*" + BETWEEN_WORDS + "%s" + BETWEEN_WORDS + "*/**"),
                List.of("**/%s" + BETWEEN_WORDS + "*", "**/*" + BETWEEN_WORDS + "%s" + BETWEEN_WORDS + "*"))) {
            Map<String, List<TreeEntry>> found = new LinkedHashMap<>();
            for (String split : KNOWN) {
                List<String> wanted = KEYWORDS.get(split).stream()
                        .flatMap(word -> forms.stream().map(form -> form.replace("%s", word)))
                        .toList();
                List<TreeEntry> matching = matching(prefix, wanted);
                if (!matching.isEmpty()) {
                    found.put(split, matching);
                }
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return Map.of(TRAIN, matching(prefix, List.of("**")));
    }

    /** {@code data/train-00000-of-00003-….parquet}, as push_to_hub names them. */
    private Map<String, List<TreeEntry>> shards(String prefix) {
        Map<String, List<TreeEntry>> found = new LinkedHashMap<>();
        for (TreeEntry file : files) {
            Matcher shard = SHARD.matcher(file.path());
            if (file.path().startsWith(prefix + "data/")
                    && shard.matches()
                    && SPLIT_NAME.matcher(shard.group(1)).matches()
                    && file.path().lastIndexOf('/') == prefix.length() + "data".length()) {
                found.computeIfAbsent(shard.group(1), split -> new ArrayList<>())
                        .add(file);
            }
        }
        Set<String> order = new LinkedHashSet<>(KNOWN);
        order.addAll(new TreeSet<>(found.keySet()));
        order.retainAll(found.keySet());
        Map<String, List<TreeEntry>> ordered = new LinkedHashMap<>();
        order.forEach(split -> ordered.put(split, found.get(split)));
        return ordered;
    }

    private List<TreeEntry> matching(String prefix, List<String> wanted) {
        Set<TreeEntry> found = new LinkedHashSet<>();
        for (String pattern : wanted) {
            patterns++;
            if (patterns > MOST_PATTERNS) {
                break;
            }
            Glob glob = new Glob(pattern.replaceAll("^(?:\\./)+", ""));
            files.stream()
                    .filter(file -> file.path().startsWith(prefix)
                            && glob.matches(file.path().substring(prefix.length())))
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    /** All splits of a configuration are of one format: that of most of its files. */
    private static List<Split> splits(String config, Map<String, List<TreeEntry>> found) {
        Map<DataFormat, Long> count = found.values().stream()
                .flatMap(List::stream)
                .flatMap(file -> DataFormat.of(file.path()).stream())
                .collect(Collectors.groupingBy(format -> format, Collectors.counting()));
        Optional<DataFormat> format =
                count.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
        List<Split> splits = new ArrayList<>();
        found.forEach((name, all) -> {
            List<TreeEntry> data = format.isEmpty()
                    ? all
                    : all.stream()
                            .filter(file -> DataFormat.of(file.path()).equals(format))
                            .toList();
            if (!data.isEmpty()) {
                splits.add(new Split(
                        config,
                        name,
                        data,
                        format.map(DataFormat::format),
                        format.map(DataFormat::delimiter).orElse("")));
            }
        });
        return splits;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
