package org.kohakuhub.web.json;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/**
 * The fields of a form ({@code application/x-www-form-urlencoded}) or of a JSON object, by the request's type: some
 * doors take both. Of a field that comes twice the last counts.
 */
public final class FormBody {
    private static final int LONGEST = 64 << 10;

    private final Map<String, String> fields;

    private FormBody(Map<String, String> fields) {
        this.fields = fields;
    }

    /**
     * Reads a body of 64 KiB at most.
     *
     * @param contentType null where the request has none, which is taken for a form
     * @throws HubException INVALID, TOO_LARGE
     */
    public static FormBody read(String contentType, InputStream body) {
        boolean json =
                contentType != null && contentType.toLowerCase(Locale.ROOT).contains("json");
        return new FormBody(json ? fromJson(JsonBody.read(body, LONGEST)) : fromForm(text(body)));
    }

    /** A field, if it is there and not empty. */
    public Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field)).filter(text -> !text.isEmpty());
    }

    /** All fields in their order. */
    public Map<String, String> fields() {
        return Map.copyOf(fields);
    }

    private static Map<String, String> fromJson(JsonBody body) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> field : body.object().entrySet()) {
            JsonValue value = field.getValue();
            if (value != JsonValue.NULL) {
                fields.put(field.getKey(), value instanceof JsonString text ? text.getString() : value.toString());
            }
        }
        return fields;
    }

    private static Map<String, String> fromForm(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                fields.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String quoted) {
        String text;
        try {
            text = URLDecoder.decode(quoted, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HubException(ErrorKind.INVALID, "The request body is not a valid form");
        }
        if (text.indexOf('\0') >= 0) {
            throw new HubException(ErrorKind.INVALID, "The request body holds a NUL character");
        }
        return text;
    }

    private static String text(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new HubException(ErrorKind.TOO_LARGE, "The request body is longer than " + LONGEST + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new HubException(ErrorKind.INVALID, "The request body could not be read");
        }
    }
}
