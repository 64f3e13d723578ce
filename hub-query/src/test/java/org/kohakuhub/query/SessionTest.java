package org.kohakuhub.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.query.Answer.Column;
import org.kohakuhub.query.Answer.Kind;
import org.kohakuhub.query.Question.Format;
import org.kohakuhub.query.Question.Task;

/** DuckDB as the engine uses it: right values, and no way out of the files of the question. */
class SessionTest {
    @TempDir
    Path folder;

    private Path rows;

    @BeforeEach
    void writeRows() throws SQLException {
        rows = folder.resolve("rows.parquet");
        write("SELECT i, 'row ' || i || ' Ä\"' AS s, [i, NULL] AS l FROM range(300) t(i)", rows);
    }

    private static void write(String select, Path to) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement()) {
            statement.execute("SET TimeZone='UTC'");
            statement.execute("COPY (" + select + ") TO '" + to + "'");
        }
    }

    private Answer ask(Task task, Format format, List<Path> files, String text, String order, long offset, int limit) {
        return ask(task, format, files, text, order, offset, limit, 64 << 20, 1_000);
    }

    private Answer ask(
            Task task,
            Format format,
            List<Path> files,
            String text,
            String order,
            long offset,
            int limit,
            long memory,
            int cell) {
        return Session.answer(question(task, format, files, text, order, offset, limit, memory, cell));
    }

    private Question question(
            Task task,
            Format format,
            List<Path> files,
            String text,
            String order,
            long offset,
            int limit,
            long memory,
            int cell) {
        return new Question(
                task,
                format,
                files.stream().map(Path::toString).toList(),
                "",
                text,
                order,
                offset,
                limit,
                new Question.Bounds(memory, folder.resolve("temp").toString(), 1 << 20, cell, 100_000, 1_000));
    }

    private Answer.Table table(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Table.class);
        return (Answer.Table) answer;
    }

    private Kind refusal(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Refusal.class);
        assertThat(((Answer.Refusal) answer).sentence()).doesNotContain(folder.toString());
        return ((Answer.Refusal) answer).kind();
    }

    @Test
    void rows_have_their_places_and_values() {
        Answer.Table page = table(ask(Task.ROWS, Format.PARQUET, List.of(rows, rows), "", "", 299, 2));

        assertThat(page.total()).isEqualTo(600);
        assertThat(page.columns())
                .containsExactly(new Column("i", "BIGINT"), new Column("s", "VARCHAR"), new Column("l", "BIGINT[]"));
        assertThat(page.rows())
                .extracting(Answer.Row::index, Answer.Row::cells)
                .containsExactly(
                        tuple(299L, List.of("299", "\"row 299 Ä\\\"\"", "[299,null]")),
                        tuple(300L, List.of("0", "\"row 0 Ä\\\"\"", "[0,null]")));
    }

    @Test
    void every_type_is_json() throws SQLException {
        Path types = folder.resolve("types.parquet");
        write(
                "SELECT 1.23::DECIMAL(10,2), 'ab'::BLOB, TIMESTAMP '2020-01-02 03:04:05', TIMESTAMP '2020-01-02"
                        + " 03:04:05.5', TIMESTAMPTZ '2020-01-02 03:04:05+01', DATE '2020-01-02', TIME '01:02:03',"
                        + " {'k': 1, 'n': {'t': 'x'}}, MAP {'a': 1}, MAP {1: 'a'}, 'NaN'::DOUBLE, 0.1::FLOAT, TRUE,"
                        + " [{'a': 'b'}], 18446744073709551615::UBIGINT, NULL::VARCHAR, chr(1) || chr(128512)",
                types);

        assertThat(table(ask(Task.ROWS, Format.PARQUET, List.of(types), "", "", 0, 1))
                        .rows()
                        .get(0)
                        .cells())
                .containsExactly(
                        "\"1.23\"",
                        "\"YWI=\"",
                        "\"2020-01-02T03:04:05\"",
                        "\"2020-01-02T03:04:05.500000\"",
                        "\"2020-01-02T02:04:05Z\"",
                        "\"2020-01-02\"",
                        "\"01:02:03\"",
                        "{\"k\":1,\"n\":{\"t\":\"x\"}}",
                        "{\"a\":1}",
                        "[[1,\"a\"]]",
                        "null",
                        "0.10000000149011612",
                        "true",
                        "[{\"a\":\"b\"}]",
                        "18446744073709551615",
                        "null",
                        "\"\\u0001😀\"");
    }

    @Test
    void a_filter_keeps_the_places() {
        Answer.Table page = table(ask(Task.FILTER, Format.PARQUET, List.of(rows), "i % 100 = 7", "i DESC", 1, 5));

        assertThat(page.total()).isEqualTo(3);
        assertThat(page.rows()).extracting(Answer.Row::index).containsExactly(107L, 7L);
    }

    @Test
    void a_search_looks_at_texts_whatever_their_case() {
        assertThat(table(ask(Task.SEARCH, Format.PARQUET, List.of(rows), "ROW 29", "", 0, 100))
                        .total())
                .isEqualTo(11);
        assertThat(table(ask(Task.SEARCH, Format.PARQUET, List.of(rows), "' OR 1=1 --", "", 0, 100))
                        .total())
                .isZero();
    }

    @Test
    void csv_and_json_are_read_too() throws IOException {
        Path csv = Files.writeString(folder.resolve("a.csv"), "a,b\n1,ä\n2,\"x,y\"\n");
        Path lines = Files.writeString(folder.resolve("a.json"), "{\"a\":1,\"b\":[1,2]}\n{\"a\":null}\n");

        assertThat(table(ask(Task.ROWS, Format.CSV, List.of(csv), "", "", 0, 9)).rows())
                .extracting(Answer.Row::cells)
                .containsExactly(List.of("1", "\"ä\""), List.of("2", "\"x,y\""));
        assertThat(table(ask(Task.ROWS, Format.JSON, List.of(lines), "", "", 0, 9))
                        .rows())
                .extracting(Answer.Row::cells)
                .containsExactly(List.of("1", "[1,2]"), List.of("null", "null"));
    }

    @Test
    void large_cells_are_cut() throws SQLException {
        Path large = folder.resolve("large.parquet");
        write("SELECT repeat('x', 100000) AS s, range(10000) AS l, 7 AS n", large);

        Answer.Row row = table(ask(Task.ROWS, Format.PARQUET, List.of(large), "", "", 0, 1))
                .rows()
                .get(0);
        assertThat(row.cut()).containsExactly(0, 1);
        assertThat(row.cells()).allSatisfy(cell -> assertThat(cell.length()).isLessThan(1_100));
        assertThat(row.cells().get(1)).startsWith("\"[0,1,2,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM read_text('/etc/passwd')",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM glob('/*')",
                "SELECT * FROM read_parquet('https://127.0.0.1:1/x.parquet')",
                "SELECT getenv('HOME')",
                "INSTALL httpfs",
                "LOAD '/tmp/x.duckdb_extension'",
                "SET enable_external_access=true",
                "RESET lock_configuration",
                "ATTACH '/tmp/x.db'",
                "COPY data TO '/tmp/hub-query-test.csv'",
                "EXPORT DATABASE '/tmp/hub-query-test'",
                "CREATE SECRET s (TYPE S3)"
            })
    void the_engine_is_shut_in_even_where_nobody_checked_the_sql(String sql) {
        Question any = question(Task.SQL, Format.PARQUET, List.of(rows), "", "", 0, 10, 64 << 20, 1_000);
        assertThatThrownBy(() -> {
                    try (Session session = new Session(any)) {
                        session.prepare();
                        session.table(sql, List.of(), -1, false);
                    }
                })
                .isInstanceOf(SQLException.class);
        assertThat(Path.of("/tmp/hub-query-test.csv")).doesNotExist();
    }

    @Test
    void what_is_no_data_file_is_unreadable() throws IOException {
        Path junk = Files.writeString(folder.resolve("junk.parquet"), "PAR1 this is none PAR1");

        assertThat(refusal(ask(Task.ROWS, Format.PARQUET, List.of(junk), "", "", 0, 1)))
                .isEqualTo(Kind.UNREADABLE);
        assertThat(refusal(ask(Task.ROWS, Format.PARQUET, List.of(folder.resolve("none.parquet")), "", "", 0, 1)))
                .isEqualTo(Kind.UNREADABLE);
    }

    @Test
    void memory_is_bounded() {
        String greedy = "SELECT list(repeat('x', 1000) || i) AS s FROM range(1000000) t(i)";

        assertThat(refusal(ask(Task.SQL, Format.PARQUET, List.of(rows), greedy, "", 0, 10, 32 << 20, 1_000)))
                .isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void a_result_that_goes_on_is_cut_off() {
        Answer.Table page = table(ask(Task.SQL, Format.PARQUET, List.of(rows), "SELECT * FROM dataset", "", 0, 10));

        assertThat(page.rows()).hasSize(10);
        assertThat(page.more()).isTrue();
    }

    @Test
    void a_syntax_tree_is_told() {
        Answer.Table tree =
                table(ask(Task.PARSE, Format.NONE, List.of(), "SELECT (a > 1)", "", 0, 1, 64 << 20, 1 << 20));

        assertThat(tree.rows().get(0).cells().get(0)).contains("SELECT_NODE").contains("COMPARE_GREATERTHAN");
    }

    @Test
    void the_engine_runs_in_a_process_of_its_own() throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("engine"));
        EngineFiles.unpack(home);
        Process process = new ProcessBuilder(EngineFiles.command(home)).start();
        try (DataInputStream in = new DataInputStream(process.getInputStream());
                DataOutputStream out = new DataOutputStream(process.getOutputStream())) {
            assertThat(in.readInt()).isEqualTo(Worker.READY);
            for (int limit = 1; limit < 3; limit++) {
                question(Task.ROWS, Format.PARQUET, List.of(rows), "", "", 0, limit, 64 << 20, 1_000)
                        .write(out);
                assertThat(table(Answer.read(in)).rows()).hasSize(limit);
            }
        }
        assertThat(process.waitFor()).isZero();
    }
}
