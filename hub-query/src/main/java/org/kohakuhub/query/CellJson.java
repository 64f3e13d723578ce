package org.kohakuhub.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.duckdb.DuckDBStruct;

/**
 * A value as the JSON of the dataset viewer: dates and times in ISO 8601, decimals as text (a number would lose digits),
 * bytes in base64, what is no number as {@code null}.
 *
 * @param cut whether it is a text of the value's beginning only
 */
record CellJson(String json, boolean cut) {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter FRACTION = new DateTimeFormatterBuilder()
            .append(SECONDS)
            .appendFraction(ChronoField.NANO_OF_SECOND, 6, 9, true)
            .toFormatter(Locale.ROOT);

    /**
     * @param limit characters of JSON
     */
    static CellJson of(Object value, int limit) throws SQLException {
        if (value instanceof String text && text.length() > limit) {
            return new CellJson(cut(text, limit), true);
        }
        StringBuilder json = new StringBuilder();
        write(json, value);
        return json.length() > limit && !(value instanceof Number)
                ? new CellJson(cut(value instanceof String text ? text : json.toString(), limit), true)
                : new CellJson(json.toString(), false);
    }

    private static String cut(String text, int limit) {
        int end = Math.min(limit, text.length());
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        StringBuilder json = new StringBuilder();
        string(json, text.substring(0, end));
        return json.toString();
    }

    private static void write(StringBuilder json, Object value) throws SQLException {
        if (value == null) {
            json.append("null");
        } else if (value instanceof Boolean
                || value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger) {
            json.append(value);
        } else if (value instanceof Float || value instanceof Double) {
            number(json, ((Number) value).doubleValue());
        } else if (value instanceof BigDecimal decimal) {
            string(json, decimal.toPlainString());
        } else if (value instanceof Blob blob) {
            string(json, Base64.getEncoder().encodeToString(blob.getBytes(1, (int) blob.length())));
        } else if (value instanceof byte[] bytes) {
            string(json, Base64.getEncoder().encodeToString(bytes));
        } else {
            nested(json, value);
        }
    }

    private static void nested(StringBuilder json, Object value) throws SQLException {
        if (value instanceof DuckDBStruct struct) {
            map(json, struct.getMap());
        } else if (value instanceof Struct struct) {
            list(json, Arrays.asList(struct.getAttributes()));
        } else if (value instanceof Map<?, ?> map) {
            map(json, map);
        } else if (value instanceof Array array) {
            list(json, Arrays.asList((Object[]) array.getArray()));
        } else if (value instanceof Object[] array) {
            list(json, Arrays.asList(array));
        } else if (value instanceof Iterable<?> list) {
            list(json, list);
        } else {
            string(json, text(value));
        }
    }

    private static String text(Object value) {
        if (value instanceof Timestamp timestamp) {
            return moment(timestamp.toLocalDateTime());
        }
        if (value instanceof LocalDateTime local) {
            return moment(local);
        }
        if (value instanceof OffsetDateTime moment) {
            return moment(moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()) + 'Z';
        }
        if (value instanceof LocalTime time) {
            String whole = moment(time.atDate(LocalDate.EPOCH));
            return whole.substring(whole.indexOf('T') + 1);
        }
        return value.toString();
    }

    private static String moment(LocalDateTime local) {
        return (local.getNano() == 0 ? SECONDS : FRACTION).format(local);
    }

    private static void number(StringBuilder json, double number) {
        boolean finite = !Double.isNaN(number) && !Double.isInfinite(number);
        json.append(finite ? Double.toString(number) : "null");
    }

    private static void list(StringBuilder json, Iterable<?> items) throws SQLException {
        json.append('[');
        boolean first = true;
        for (Object item : items) {
            if (!first) {
                json.append(',');
            }
            first = false;
            write(json, item);
        }
        json.append(']');
    }

    /** A map whose keys are no texts is a list of pairs. */
    private static void map(StringBuilder json, Map<?, ?> map) throws SQLException {
        boolean object = map.keySet().stream().allMatch(String.class::isInstance);
        json.append(object ? '{' : '[');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first) {
                json.append(',');
            }
            first = false;
            json.append(object ? "" : "[");
            write(json, entry.getKey());
            json.append(object ? ':' : ',');
            write(json, entry.getValue());
            json.append(object ? "" : "]");
        }
        json.append(object ? '}' : ']');
    }

    private static void string(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20 || Character.isSurrogate(c) && isAlone(text, i)) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static boolean isAlone(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }
}
