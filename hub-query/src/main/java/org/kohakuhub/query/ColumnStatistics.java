package org.kohakuhub.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kohakuhub.query.Answer.Column;

/**
 * What the values of one column are like, as JSON in the dataset viewer's form. Of texts and lists that are no labels it
 * is their lengths that count. Structs, bytes and the like have none.
 */
final class ColumnStatistics {
    private static final int BINS = 10;
    private static final int MOST_LABELS = 1_000;
    private static final double LABELS_PART = 0.2;

    /** Of a label: longer texts are none, however few there are. */
    private static final int LONGEST_LABEL = 200;

    private static final int DIGITS = 5;

    private static final Set<String> WHOLE = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT");

    private final Connection database;
    private final String column;
    private final String type;
    private final boolean label;
    private final long rows;

    /**
     * @param label whether the numbers stand for classes
     * @param rows how many there are in all
     */
    ColumnStatistics(Connection database, Column column, boolean label, long rows) {
        this.database = database;
        this.column = '"' + column.name().replace("\"", "\"\"") + '"';
        this.type = column.type();
        this.label = label;
        this.rows = rows;
    }

    /**
     * What was found out.
     *
     * @param type of the column, as the dataset viewer calls it
     */
    record Found(String type, String json) {}

    /** Empty for a column of a type that has no statistics. */
    Optional<Found> find() throws SQLException {
        if (WHOLE.contains(type)) {
            return Optional.of(label ? classes() : new Found("int", numbers(column, true)));
        }
        if (type.equals("FLOAT") || type.equals("DOUBLE") || type.startsWith("DECIMAL(")) {
            return Optional.of(new Found("float", numbers("CAST(" + column + " AS DOUBLE)", false)));
        }
        if (type.equals("BOOLEAN")) {
            return Optional.of(new Found(
                    "bool",
                    "{" + absent(count(column + " IS NULL")) + ",\"frequencies\":"
                            + frequencies("CASE WHEN " + column + " THEN 'True' ELSE 'False' END") + '}'));
        }
        if (type.equals("VARCHAR")) {
            return Optional.of(texts());
        }
        if (type.equals("DATE") || type.startsWith("TIMESTAMP")) {
            return Optional.of(new Found("datetime", moments()));
        }
        return type.endsWith("[]")
                ? Optional.of(new Found("list", numbers("len(" + column + ")", true)))
                : Optional.empty();
    }

    private Found classes() throws SQLException {
        long nulls = count(column + " IS NULL");
        long without = count(column + " = -1");
        return new Found(
                "class_label",
                labelled(
                        nulls,
                        without,
                        "CAST(" + column + " AS VARCHAR)",
                        column + " IS NOT NULL AND " + column + " <> -1"));
    }

    private Found texts() throws SQLException {
        List<Object> known = row("count(DISTINCT " + column + "), max(length(" + column + "))", "true");
        long distinct = ((Number) known.get(0)).longValue();
        boolean few = distinct <= BINS || (distinct <= MOST_LABELS && distinct <= LABELS_PART * rows);
        boolean brief = known.get(1) == null || ((Number) known.get(1)).longValue() <= LONGEST_LABEL;
        return few && brief
                ? new Found("string_label", labelled(count(column + " IS NULL"), 0, column, column + " IS NOT NULL"))
                : new Found("string_text", numbers("length(" + column + ")", true));
    }

    private String labelled(long nulls, long without, String value, String where) throws SQLException {
        List<Object> distinct = row("count(DISTINCT " + value + ")", where);
        return "{" + absent(nulls) + ",\"no_label_count\":" + without + ",\"no_label_proportion\":" + part(without)
                + ",\"n_unique\":" + distinct.get(0) + ",\"frequencies\":" + frequencies(value, where) + '}';
    }

    private String absent(long nulls) {
        return "\"nan_count\":" + nulls + ",\"nan_proportion\":" + part(nulls);
    }

    private String part(long count) {
        return rows == 0 ? "0.0" : json((double) count / rows);
    }

    private String frequencies(String value) throws SQLException {
        return frequencies(value, column + " IS NOT NULL");
    }

    private String frequencies(String value, String where) throws SQLException {
        List<String> fields = new ArrayList<>();
        for (List<Object> row : rows("SELECT " + value + " AS v, count(*) FROM data WHERE " + where
                + " GROUP BY v ORDER BY count(*) DESC, v LIMIT " + MOST_LABELS)) {
            fields.add(CellJson.of(row.get(0), Integer.MAX_VALUE).json() + ':' + row.get(1));
        }
        return '{' + String.join(",", fields) + '}';
    }

    /** Of numbers, or of lengths; values that are no finite numbers have no place among them. */
    private String numbers(String value, boolean whole) throws SQLException {
        String there = whole ? value + " IS NOT NULL" : value + " IS NOT NULL AND isfinite(" + value + ")";
        String nan = whole ? value + " IS NULL" : value + " IS NULL OR isnan(" + value + ")";
        List<Object> known = row(
                "min(" + value + "), max(" + value + "), avg(CAST(" + value + " AS DOUBLE)), median(CAST(" + value
                        + " AS DOUBLE)), stddev_samp(CAST(" + value + " AS DOUBLE)), count(*)",
                there);
        String head = "{" + absent(count(nan));
        if (known.get(0) == null) {
            return head + ",\"min\":null,\"max\":null,\"mean\":null,\"median\":null,\"std\":null,\"histogram\":null}";
        }
        return head + ",\"min\":" + json(known.get(0)) + ",\"max\":" + json(known.get(1)) + ",\"mean\":"
                + json(known.get(2)) + ",\"median\":" + json(known.get(3)) + ",\"std\":" + json(known.get(4))
                + ",\"histogram\":" + (whole ? wholeBins(value, known) : bins(value, there, known)) + '}';
    }

    /** Bins of whole numbers have whole edges: with fewer than ten values each has its own. */
    private String wholeBins(String value, List<Object> known) throws SQLException {
        BigInteger least = new BigInteger(known.get(0).toString());
        BigInteger most = new BigInteger(known.get(1).toString());
        BigInteger values = most.subtract(least).add(BigInteger.ONE);
        BigInteger size = values.add(BigInteger.valueOf(BINS - 1)).divide(BigInteger.valueOf(BINS));
        int bins = values.add(size).subtract(BigInteger.ONE).divide(size).intValueExact();
        String bin = "CAST((CAST(" + value + " AS HUGEINT) - " + least + ") // " + size + " AS INTEGER)";
        List<String> edges = new ArrayList<>();
        for (int i = 0; i < bins; i++) {
            edges.add(least.add(size.multiply(BigInteger.valueOf(i))).toString());
        }
        edges.add(most.toString());
        return histogram(counts(bin, value + " IS NOT NULL", bins), edges);
    }

    private String bins(String value, String there, List<Object> known) throws SQLException {
        double least = ((Number) known.get(0)).doubleValue();
        double most = ((Number) known.get(1)).doubleValue();
        double size = (most - least) / BINS;
        if (size == 0) {
            return histogram(List.of(known.get(5).toString()), List.of(json(least), json(most)));
        }
        if (Double.isInfinite(size)) {
            return "null";
        }
        String bin = "CAST(least(" + (BINS - 1) + ", floor((" + value + " - CAST(" + least + " AS DOUBLE)) / CAST("
                + size + " AS DOUBLE))) AS INTEGER)";
        List<String> edges = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            edges.add(json(least + i * size));
        }
        edges.add(json(most));
        return histogram(counts(bin, there, BINS), edges);
    }

    private String moments() throws SQLException {
        String moment = "CAST(" + column + " AS TIMESTAMP)";
        String there = column + " IS NOT NULL AND isfinite(" + column + ")";
        String micros = "epoch_us(" + moment + ")";
        List<Object> known = row(
                "min(" + micros + "), max(" + micros + "), CAST(avg(" + micros + ") AS BIGINT), CAST(median(" + micros
                        + ") AS BIGINT), CAST(stddev_samp(CAST(" + micros + " AS DOUBLE)) AS BIGINT), count(*)",
                there);
        String head = "{" + absent(count(column + " IS NULL"));
        if (known.get(0) == null) {
            return head + ",\"min\":null,\"max\":null,\"mean\":null,\"median\":null,\"std\":null,\"histogram\":null}";
        }
        long least = ((Number) known.get(0)).longValue();
        long most = ((Number) known.get(1)).longValue();
        return head + ",\"min\":" + Moments.shown(least) + ",\"max\":" + Moments.shown(most) + ",\"mean\":"
                + Moments.shown(((Number) known.get(2)).longValue()) + ",\"median\":"
                + Moments.shown(((Number) known.get(3)).longValue()) + ",\"std\":"
                + (known.get(4) == null ? "null" : Moments.span(((Number) known.get(4)).longValue()))
                + ",\"histogram\":" + momentBins(micros, there, least, most, known.get(5)) + '}';
    }

    private String momentBins(String micros, String there, long least, long most, Object count) throws SQLException {
        if (least == most) {
            return histogram(List.of(count.toString()), List.of(Moments.shown(least), Moments.shown(most)));
        }
        BigInteger size = BigInteger.valueOf(most)
                .subtract(BigInteger.valueOf(least))
                .divide(BigInteger.valueOf(BINS))
                .max(BigInteger.ONE);
        String bin = "CAST(least(" + (BINS - 1) + ", (CAST(" + micros + " AS HUGEINT) - " + least + ") // " + size
                + ") AS INTEGER)";
        List<String> edges = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            edges.add(Moments.shown(BigInteger.valueOf(least)
                    .add(size.multiply(BigInteger.valueOf(i)))
                    .longValueExact()));
        }
        edges.add(Moments.shown(most));
        return histogram(counts(bin, there, BINS), edges);
    }

    private List<String> counts(String bin, String where, int bins) throws SQLException {
        Map<Integer, Object> counted = new TreeMap<>();
        for (List<Object> row :
                rows("SELECT " + bin + " AS bin, count(*) FROM data WHERE " + where + " GROUP BY bin")) {
            counted.put(((Number) row.get(0)).intValue(), row.get(1));
        }
        List<String> counts = new ArrayList<>();
        for (int i = 0; i < bins; i++) {
            counts.add(counted.getOrDefault(i, 0L).toString());
        }
        return counts;
    }

    private static String histogram(List<String> counts, List<String> edges) {
        return "{\"hist\":[" + String.join(",", counts) + "],\"bin_edges\":[" + String.join(",", edges) + "]}";
    }

    private long count(String where) throws SQLException {
        return ((Number) row("count(*)", where).get(0)).longValue();
    }

    private List<Object> row(String what, String where) throws SQLException {
        return rows("SELECT " + what + " FROM data WHERE " + where).get(0);
    }

    private List<List<Object>> rows(String sql) throws SQLException {
        List<List<Object>> found = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                Object[] row = new Object[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = result.getObject(i + 1);
                }
                found.add(Arrays.asList(row));
            }
        }
        return found;
    }

    /** Five digits behind the point, as there. */
    private static String json(Object number) {
        if (number == null) {
            return "null";
        }
        if (!(number instanceof Double || number instanceof Float)) {
            return number.toString();
        }
        double value = ((Number) number).doubleValue();
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "null";
        }
        double rounded = Math.abs(value) < 1e10
                ? BigDecimal.valueOf(value)
                        .setScale(DIGITS, RoundingMode.HALF_EVEN)
                        .doubleValue()
                : value;
        return Double.toString(rounded);
    }

    /** The names of the columns that a question's text lists. */
    static Set<String> names(String text) {
        return text.lines().collect(Collectors.toSet());
    }
}
