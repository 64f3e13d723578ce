package org.kohakuhub.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.query.Answer.Kind;
import org.kohakuhub.query.Question.Format;
import org.kohakuhub.query.Question.Task;

/** Statistics of columns: the numbers were reckoned by hand or by numpy. */
class StatisticsTest {
    @TempDir
    Path folder;

    private Answer ask(String select, String labels, int answerChars) throws SQLException {
        Path file = folder.resolve("rows.parquet");
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement()) {
            statement.execute("SET TimeZone='UTC'");
            statement.execute("COPY (" + select + ") TO '" + file + "'");
        }
        Question.Bounds bounds =
                new Question.Bounds(64 << 20, folder.resolve("spill").toString(), 64 << 20, 1_000, answerChars, 50);
        return Session.answer(new Question(
                Task.STATISTICS, Format.PARQUET, List.of(file.toString()), "", labels, "", 0, 100, bounds));
    }

    /** Type and statistics by the columns' names. */
    private Map<String, List<String>> statistics(String select, String labels) throws SQLException {
        Answer answer = ask(select, labels, 1 << 20);
        assertThat(answer).isInstanceOf(Answer.Table.class);
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (Answer.Row row : ((Answer.Table) answer).rows()) {
            found.put(row.cells().get(0), row.cells().subList(1, 3));
        }
        return found;
    }

    private List<String> one(String select) throws SQLException {
        return statistics(select, "").values().iterator().next();
    }

    @Test
    void whole_numbers_have_bins_with_whole_edges() throws SQLException {
        assertThat(one("SELECT i FROM range(8551) t(i)"))
                .containsExactly(
                        "\"int\"",
                        "{\"nan_count\":0,\"nan_proportion\":0.0,\"min\":0,\"max\":8550,\"mean\":4275.0,\"median\":4275.0,"
                                + "\"std\":2468.60541,\"histogram\":{\"hist\":[856,856,856,856,856,856,856,856,856,847],"
                                + "\"bin_edges\":[0,856,1712,2568,3424,4280,5136,5992,6848,7704,8550]}}");
        assertThat(one("SELECT unnest([3, 5, NULL, 3]) AS i").get(1))
                .isEqualTo(
                        "{\"nan_count\":1,\"nan_proportion\":0.25,\"min\":3,\"max\":5,\"mean\":3.66667,\"median\":3.0,"
                                + "\"std\":1.1547,\"histogram\":{\"hist\":[2,0,1],\"bin_edges\":[3,4,5,5]}}");
        assertThat(one("SELECT unnest([-9223372036854775808, 9223372036854775807])::BIGINT AS i")
                        .get(1))
                .contains("\"min\":-9223372036854775808,\"max\":9223372036854775807", "\"hist\":[1,0,0,0,0,0,0,0,0,1]");
        assertThat(one("SELECT NULL::BIGINT AS i").get(1))
                .isEqualTo("{\"nan_count\":1,\"nan_proportion\":1.0,\"min\":null,\"max\":null,\"mean\":null,"
                        + "\"median\":null,\"std\":null,\"histogram\":null}");
    }

    @Test
    void floats_leave_out_what_is_no_number() throws SQLException {
        List<String> found = one("SELECT unnest(['0.5', '1.5', 'nan', 'inf', NULL, '10.5'])::DOUBLE AS f");

        assertThat(found.get(0)).isEqualTo("\"float\"");
        assertThat(found.get(1))
                .isEqualTo("{\"nan_count\":2,\"nan_proportion\":0.33333,\"min\":0.5,\"max\":10.5,\"mean\":4.16667,"
                        + "\"median\":1.5,\"std\":5.50757,\"histogram\":{\"hist\":[1,1,0,0,0,0,0,0,0,1],"
                        + "\"bin_edges\":[0.5,1.5,2.5,3.5,4.5,5.5,6.5,7.5,8.5,9.5,10.5]}}");
        assertThat(one("SELECT 2.5::FLOAT AS f FROM range(3)").get(1))
                .contains("\"std\":0.0,\"histogram\":{\"hist\":[3],\"bin_edges\":[2.5,2.5]}");
        assertThat(one("SELECT 1.25::DECIMAL(5,2) AS f").get(1)).contains("\"min\":1.25", "\"std\":null");
    }

    @Test
    void few_texts_are_labels_and_many_count_by_their_lengths() throws SQLException {
        assertThat(
                        one(
                                "SELECT CASE WHEN i % 3 = 0 THEN NULL WHEN i % 3 = 1 THEN 'a\"' ELSE 'b' END AS s FROM range(9) t(i)"))
                .containsExactly(
                        "\"string_label\"",
                        "{\"nan_count\":3,\"nan_proportion\":0.33333,\"no_label_count\":0,\"no_label_proportion\":0.0,"
                                + "\"n_unique\":2,\"frequencies\":{\"a\\\"\":3,\"b\":3}}");
        List<String> texts = one("SELECT repeat('ä', i::INTEGER) AS s FROM range(1, 21) t(i)");
        assertThat(texts.get(0)).isEqualTo("\"string_text\"");
        assertThat(texts.get(1)).contains("\"min\":1,\"max\":20,\"mean\":10.5", "\"hist\":[2,2,2,2,2,2,2,2,2,2]");
        assertThat(one("SELECT repeat('x', 300) AS s FROM range(3)").get(0)).isEqualTo("\"string_text\"");
    }

    @Test
    void classes_flags_lists_and_moments() throws SQLException {
        Map<String, List<String>> found = statistics(
                "SELECT (i % 3) - 1 AS \"the class\", i > 2 AS b, range(i) AS l, DATE '2020-01-01' + i::INTEGER AS d,"
                        + " TIMESTAMP '2020-01-01 00:00:00' + to_microseconds(i) AS t, {'k': i} AS st, '' :: BLOB AS raw"
                        + " FROM range(5) t(i)",
                "the class\nother");

        assertThat(found.keySet()).containsExactly("\"the class\"", "\"b\"", "\"l\"", "\"d\"", "\"t\"");
        assertThat(found.get("\"the class\""))
                .containsExactly(
                        "\"class_label\"",
                        "{\"nan_count\":0,\"nan_proportion\":0.0,\"no_label_count\":2,\"no_label_proportion\":0.4,"
                                + "\"n_unique\":2,\"frequencies\":{\"0\":2,\"1\":1}}");
        assertThat(found.get("\"b\"").get(1)).endsWith("\"frequencies\":{\"False\":3,\"True\":2}}");
        assertThat(found.get("\"l\"")).first().isEqualTo("\"list\"");
        assertThat(found.get("\"l\"").get(1)).contains("\"min\":0,\"max\":4,\"mean\":2.0");
        assertThat(found.get("\"d\"").get(1))
                .contains(
                        "\"min\":\"2020-01-01 00:00:00\",\"max\":\"2020-01-05 00:00:00\",\"mean\":\"2020-01-03 00:00:00\"",
                        "\"std\":\"1 day, 13:56:50.",
                        "\"hist\":[1,0,1,0,0,1,0,1,0,1]");
        assertThat(found.get("\"t\"").get(1))
                .contains("\"max\":\"2020-01-01 00:00:00.000004\"", "\"hist\":[1,1,1,1,1,");
    }

    @Test
    void bounds_hold() throws SQLException {
        assertThat(ask("SELECT 'label ' || (i % 100) AS s FROM range(2000) t(i)", "", 500))
                .isInstanceOfSatisfying(
                        Answer.Refusal.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(Kind.TOO_LARGE));
        String wide = "SELECT " + "1 AS a,".repeat(51) + " 2 AS b";
        assertThat(ask(wide.replace("1 AS a,", "1,"), "", 1 << 20)).isInstanceOf(Answer.Refusal.class);
        assertThat(statistics("SELECT 1 AS i WHERE false", "").values())
                .singleElement()
                .satisfies(found -> assertThat(found.get(1)).startsWith("{\"nan_count\":0,\"nan_proportion\":0.0,"));
    }
}
