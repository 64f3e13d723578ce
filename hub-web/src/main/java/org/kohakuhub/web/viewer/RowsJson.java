package org.kohakuhub.web.viewer;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.kohakuhub.query.Answer.Row;
import org.kohakuhub.viewer.RowsPage;
import org.kohakuhub.web.json.JsonAnswer;

/** Rows in the reference service's form. Cells come as JSON from the engine and are passed on as they are. */
final class RowsJson {
    private RowsJson() {}

    /**
     * An answer with rows.
     *
     * @param head fields before {@code features}: {@code "dataset":…,}, or nothing
     * @param tail fields after {@code rows}: {@code ,"num_rows_total":…}
     */
    static StreamingOutput of(RowsPage page, String head, String tail) {
        return out -> {
            Writer json = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            json.write('{');
            json.write(head);
            json.write("\"features\":");
            features(json, page.features());
            json.write(",\"rows\":[");
            String between = "";
            for (Row row : page.rows()) {
                json.write(between);
                row(json, page, row);
                between = ",";
            }
            json.write(']');
            json.write(tail);
            json.write('}');
            json.flush(); // the server closes its stream itself
        };
    }

    private static void features(Writer json, Map<String, JsonValue> features) throws IOException {
        json.write('[');
        int index = 0;
        for (Map.Entry<String, JsonValue> feature : features.entrySet()) {
            json.write((index == 0 ? "" : ",") + "{\"feature_idx\":" + index + ",\"name\":" + text(feature.getKey())
                    + ",\"type\":" + feature.getValue() + '}');
            index++;
        }
        json.write(']');
    }

    private static void row(Writer json, RowsPage page, Row row) throws IOException {
        json.write("{\"row_idx\":" + row.index() + ",\"row\":{");
        List<String> cut = new ArrayList<>();
        int index = 0;
        for (Map.Entry<String, JsonValue> feature : page.features().entrySet()) {
            boolean isCut = row.cut().contains(index);
            if (isCut) {
                cut.add(text(feature.getKey()));
            }
            String cell = row.cells().get(index);
            json.write((index == 0 ? "" : ",") + text(feature.getKey()) + ':');
            json.write(!isCut && isImage(feature.getValue()) ? image(cell) : cell);
            index++;
        }
        json.write("},\"truncated_cells\":[" + String.join(",", cut) + "]}");
    }

    private static boolean isImage(JsonValue type) {
        return type instanceof JsonObject object
                && object.get("_type") instanceof JsonString kind
                && kind.getString().equals("Image");
    }

    /** The picture itself as an address; the reference service has one of its own for each, for an hour. */
    private static String image(String cell) {
        if (JsonAnswer.parse(cell) instanceof JsonObject picture && picture.get("bytes") instanceof JsonString bytes) {
            return "{\"src\":" + text("data:" + mediaType(bytes.getString()) + ";base64," + bytes.getString()) + '}';
        }
        return cell;
    }

    /** By the first bytes; what is none of these is not shown by browsers. */
    private static String mediaType(String base64) {
        int whole = Math.min(base64.length(), 16) / 4 * 4;
        byte[] first = Base64.getDecoder().decode(base64.substring(0, whole));
        String head = new String(first, StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG")) {
            return "image/png";
        }
        if (head.startsWith("\u00ff\u00d8")) {
            return "image/jpeg";
        }
        if (head.startsWith("GIF8")) {
            return "image/gif";
        }
        return head.startsWith("RIFF") && head.startsWith("WEBP", 8) ? "image/webp" : "application/octet-stream";
    }

    static String text(String text) {
        return JsonAnswer.string(text).toString();
    }
}
