package org.kohakuhub.viewer;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.query.Answer;

/**
 * What the values of a split are like.
 *
 * @param rows how many were looked at
 * @param columns by their names
 * @param partial whether not all of the split's files were looked at
 */
public record SplitStatistics(GitOid commit, long rows, List<ColumnFacts> columns, boolean partial) {
    /** Copies the list. */
    public SplitStatistics {
        columns = List.copyOf(columns);
    }

    /**
     * One column's.
     *
     * @param type in the dataset viewer's words
     */
    public record ColumnFacts(String name, String type, JsonObject statistics) {}

    /**
     * Reads the engine's answer.
     *
     * @param classes of the columns whose numbers stand for some: their names, by number
     */
    static List<ColumnFacts> columns(Answer.Table table, Map<String, List<String>> classes) {
        return table.rows().stream()
                .map(row -> column(row.cells(), classes))
                .sorted(Comparator.comparing(ColumnFacts::name))
                .toList();
    }

    private static ColumnFacts column(List<String> cells, Map<String, List<String>> classes) {
        try (JsonReader reader = Json.createReader(new StringReader('[' + String.join(",", cells) + ']'))) {
            var row = reader.readArray();
            String name = row.getString(0);
            JsonObject statistics = row.getJsonObject(2);
            boolean named = row.getString(1).equals("class_label") && classes.containsKey(name);
            return new ColumnFacts(name, row.getString(1), named ? named(statistics, classes.get(name)) : statistics);
        }
    }

    private static JsonObject named(JsonObject statistics, List<String> names) {
        JsonObjectBuilder frequencies = Json.createObjectBuilder();
        for (Map.Entry<String, JsonValue> each :
                statistics.getJsonObject("frequencies").entrySet()) {
            frequencies.add(name(each.getKey(), names), each.getValue());
        }
        return Json.createObjectBuilder(statistics)
                .add("frequencies", frequencies)
                .build();
    }

    private static String name(String number, List<String> names) {
        try {
            int index = Integer.parseInt(number);
            return index >= 0 && index < names.size() ? names.get(index) : number;
        } catch (NumberFormatException beyondAnyClass) {
            return number;
        }
    }
}
