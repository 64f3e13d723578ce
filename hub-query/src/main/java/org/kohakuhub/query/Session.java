package org.kohakuhub.query;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohakuhub.query.Answer.Column;
import org.kohakuhub.query.Answer.Kind;
import org.kohakuhub.query.Question.Format;
import org.kohakuhub.query.Question.Task;

/**
 * One database for one question. Once its view of the files is made, it can open nothing but them: no other file, no
 * network, no extension; and the user's text cannot change that.
 */
final class Session implements AutoCloseable {
    private static final Pattern PATHS = Pattern.compile("(/[^\\s/'\"]+)+/");
    private static final int LONGEST_SENTENCE = 500;

    /** What goes wrong with these is the files' fault. */
    private static final Set<Task> NO_SQL_OF_USERS = EnumSet.of(Task.ROWS, Task.SEARCH, Task.STATISTICS);

    private final Connection database;
    private final Question question;

    Session(Question question) throws SQLException {
        this.question = question;
        this.database = DriverManager.getConnection("jdbc:duckdb:");
    }

    /** Loads the native library. */
    static void warmUp() {
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:")) {
            database.getMetaData();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Answer answer(Question question) {
        try (Session session = new Session(question)) {
            try {
                session.prepare();
            } catch (SQLException e) {
                return refusal(Kind.UNREADABLE, e);
            }
            try {
                return session.ask();
            } catch (SQLException e) {
                boolean ofUser = !NO_SQL_OF_USERS.contains(question.task());
                return refusal(ofUser ? Kind.INVALID : Kind.UNREADABLE, e);
            }
        } catch (SQLException e) {
            return refusal(Kind.UNREADABLE, e);
        }
    }

    private static Answer refusal(Kind kind, SQLException e) {
        String message = String.valueOf(e.getMessage());
        boolean room = message.contains("Out of Memory")
                || message.contains("Java heap space") // thrown in the driver's native part
                || message.contains("max_temp_directory_size");
        if (room) {
            return new Answer.Refusal(Kind.TOO_LARGE, "This takes more memory than the viewer may use");
        }
        String line = PATHS.matcher(message.lines().findFirst().orElse("")).replaceAll("");
        return new Answer.Refusal(kind, line.substring(0, Math.min(LONGEST_SENTENCE, line.length())));
    }

    void prepare() throws SQLException {
        Question.Bounds bounds = question.bounds();
        set("threads", "1");
        set("memory_limit", quoted(bounds.memoryBytes() + "B"));
        set("temp_directory", quoted(bounds.tempFolder()));
        set("max_temp_directory_size", quoted(bounds.tempBytes() + "B"));
        set("autoinstall_known_extensions", "false");
        set("autoload_known_extensions", "false");
        set("allow_community_extensions", "false");
        set("allow_persistent_secrets", "false");
        set("TimeZone", quoted("UTC"));
        String files = question.files().stream().map(Session::quoted).collect(Collectors.joining(",", "[", "]"));
        if (question.format() != Format.NONE) {
            set("allowed_paths", files);
        }
        set("enable_external_access", "false");
        if (question.format() != Format.NONE) {
            run("CREATE VIEW data AS SELECT * FROM " + reader(files));
            run("CREATE VIEW dataset AS SELECT * FROM data");
        }
        set("lock_configuration", "true");
    }

    private String reader(String files) {
        return switch (question.format()) {
            case PARQUET -> "read_parquet(" + files + ")";
            case JSON -> "read_json(" + files + ", union_by_name=true)";
            case CSV ->
                "read_csv(" + files + ", union_by_name=true"
                        + (question.delimiter().isEmpty() ? "" : ", delim=" + quoted(question.delimiter()))
                        + ")";
            case NONE -> throw new AssertionError("no files");
        };
    }

    private void set(String option, String value) throws SQLException {
        run("SET " + option + "=" + value);
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private Answer ask() throws SQLException {
        return switch (question.task()) {
            case PARSE -> table("SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", List.of(question.text()), -1, false);
            case SQL ->
                table(
                        "SELECT * FROM (" + question.text() + "\n) LIMIT " + (question.limit() + 1L),
                        List.of(),
                        -1,
                        false);
            case ROWS -> selected("", "", List.of());
            case FILTER ->
                selected(
                        question.text().isEmpty() ? "" : " WHERE (" + question.text() + "\n)",
                        question.order().isEmpty() ? "" : " ORDER BY " + question.order() + "\n",
                        List.of());
            case SEARCH -> search();
            case STATISTICS -> statistics();
        };
    }

    private Answer search() throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Column column : columns("data")) {
            String name = name(column.name());
            if (column.type().equals("VARCHAR")) {
                texts.add("contains(lower(" + name + "), lower(?))");
            } else if (column.type().equals("VARCHAR[]")) {
                texts.add("contains(lower(array_to_string(" + name + ", chr(10))), lower(?))");
            }
        }
        if (texts.isEmpty()) {
            return new Answer.Refusal(Kind.INVALID, "This split has no column of texts to search in");
        }
        return selected(
                " WHERE (" + String.join(" OR ", texts) + ")",
                "",
                texts.stream().map(each -> question.text()).toList());
    }

    private Answer statistics() throws SQLException {
        List<Column> columns = columns("data");
        Question.Bounds bounds = question.bounds();
        if (columns.size() > bounds.columns()) {
            return tooWide(columns);
        }
        long total = count("", List.of());
        Set<String> labels = ColumnStatistics.names(question.text());
        List<Answer.Row> rows = new ArrayList<>();
        long chars = 0;
        for (Column column : columns) {
            var found = new ColumnStatistics(database, column, labels.contains(column.name()), total).find();
            if (found.isPresent()) {
                chars += found.get().json().length();
                if (chars > bounds.answerChars()) {
                    return new Answer.Refusal(Kind.TOO_LARGE, "The split has too many columns with too many labels");
                }
                List<String> cells = new ArrayList<>();
                for (String text : List.of(column.name(), found.get().type())) {
                    cells.add(CellJson.of(text, Integer.MAX_VALUE).json());
                }
                cells.add(found.get().json());
                rows.add(new Answer.Row(rows.size(), cells, List.of()));
            }
        }
        List<Column> answered = Stream.of("column_name", "column_type", "column_statistics")
                .map(name -> new Column(name, "JSON"))
                .toList();
        return new Answer.Table(answered, rows, total, false);
    }

    private Answer tooWide(List<Column> columns) {
        return new Answer.Refusal(
                Kind.TOO_LARGE,
                "The split has " + columns.size() + " columns; at most "
                        + question.bounds().columns() + " are shown");
    }

    private long count(String where, List<String> values) throws SQLException {
        try (PreparedStatement count = database.prepareStatement("SELECT count(*) FROM data" + where)) {
            bind(count, values);
            try (ResultSet result = count.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** The rows with their places among all, and how many there are. */
    private Answer selected(String where, String order, List<String> values) throws SQLException {
        List<Column> columns = columns("data");
        if (columns.size() > question.bounds().columns()) {
            return tooWide(columns);
        }
        long total = count(where, values);
        String index = "__hub_row_index";
        while (columns.stream().map(Column::name).anyMatch(index::equalsIgnoreCase)) {
            index += '_';
        }
        String shown = columns.stream().map(this::shown).collect(Collectors.joining(", "));
        String sql = "SELECT " + index + ", " + shown + " FROM (SELECT *, row_number() OVER () - 1 AS " + index
                + " FROM data) AS data" + where + order + " LIMIT " + question.limit() + " OFFSET "
                + question.offset();
        return table(sql, values, total, true);
    }

    /** A text that would be cut anyway does not come whole into this process's heap. */
    private String shown(Column column) {
        String name = name(column.name());
        return column.type().equals("VARCHAR")
                ? "left(" + name + ", " + (question.bounds().cellChars() + 1) + ") AS " + name
                : name;
    }

    private List<Column> columns(String table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery("DESCRIBE " + table)) {
            while (result.next()) {
                columns.add(new Column(result.getString(1), result.getString(2)));
            }
        }
        return columns;
    }

    Answer table(String sql, List<String> values, long total, boolean indexed) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet result = statement.executeQuery()) {
                return new TableReader(result, question, indexed).read(total);
            }
        }
    }

    private static void bind(PreparedStatement statement, List<String> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setString(i + 1, values.get(i));
        }
    }

    private static String name(String column) {
        return '"' + column.replace("\"", "\"\"") + '"';
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
