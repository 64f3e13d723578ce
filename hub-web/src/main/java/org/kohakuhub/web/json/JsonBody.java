package org.kohakuhub.web.json;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/**
 * A request's JSON object. Whatever its {@code Content-Type}; no body is an empty object; unknown fields are ignored; a
 * field that is {@code null} counts as absent. No text holds a NUL: PostgreSQL cannot keep one.
 */
public final class JsonBody {
    /** Enough for every body but those that carry files. */
    public static final int USUAL_LIMIT = 1 << 20;

    /** As many characters as a commit's description may have. */
    private static final int LONGEST_MESSAGE = 65_536;

    private final JsonObject object;

    private JsonBody(JsonObject object) {
        this.object = object;
    }

    /**
     * Reads a body of the usual length.
     *
     * @throws HubException INVALID if it is no JSON object, TOO_LARGE if it is longer
     */
    public static JsonBody read(InputStream body) {
        return read(body, USUAL_LIMIT);
    }

    /**
     * Reads a body.
     *
     * @param limit bytes
     * @throws HubException INVALID if it is no JSON object, TOO_LARGE if it is longer
     */
    public static JsonBody read(InputStream body, int limit) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(limit + 1);
        } catch (IOException e) {
            throw new HubException(ErrorKind.INVALID, "The request body could not be read");
        }
        if (bytes.length > limit) {
            throw new HubException(ErrorKind.TOO_LARGE, "The request body is longer than " + limit + " bytes");
        }
        if (bytes.length == 0) {
            return new JsonBody(JsonValue.EMPTY_JSON_OBJECT);
        }
        JsonObject object = parse(bytes)
                .orElseThrow(() -> new HubException(ErrorKind.INVALID, "The request body must be a JSON object"));
        if (holdsNul(object)) {
            throw new HubException(ErrorKind.INVALID, "The request body holds a NUL character");
        }
        return new JsonBody(object);
    }

    private static Optional<JsonObject> parse(byte[] bytes) {
        try (JsonParser parser = Json.createParser(new ByteArrayInputStream(bytes))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                return Optional.empty();
            }
            JsonObject object = parser.getObject();
            return parser.hasNext() ? Optional.empty() : Optional.of(object); // throws if anything but space follows
        } catch (RuntimeException malformed) { // of no one kind: too many objects in each other have a bare one
            throw new HubException(ErrorKind.INVALID, "The request body is not valid JSON");
        }
    }

    /** A text that must be there and not be empty. */
    public String required(String field) {
        return text(field)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new HubException(ErrorKind.INVALID, "Missing field: " + field));
    }

    /** A text. */
    public Optional<String> text(String field) {
        return value(field).map(value -> {
            if (value instanceof JsonString string) {
                return string.getString();
            }
            throw wrong(field, "a text");
        });
    }

    /** The {@code message} of a commit that is to be made, if it says anything. */
    public Optional<String> message() {
        return text("message")
                .filter(message -> !message.isBlank())
                .map(message -> Text.storable("message", message, LONGEST_MESSAGE));
    }

    /** A truth value. */
    public Optional<Boolean> flag(String field) {
        return value(field).map(value -> {
            if (value == JsonValue.TRUE || value == JsonValue.FALSE) {
                return value == JsonValue.TRUE;
            }
            throw wrong(field, "true or false");
        });
    }

    /** A whole number. */
    public Optional<Long> whole(String field) {
        return value(field).map(value -> {
            if (value instanceof JsonNumber number && number.isIntegral()) {
                try {
                    return number.longValueExact();
                } catch (ArithmeticException tooLong) {
                    throw wrong(field, "a number of 64 bits");
                }
            }
            throw wrong(field, "a whole number");
        });
    }

    /** Any other value. */
    public Optional<JsonValue> value(String field) {
        return Optional.ofNullable(object.get(field)).filter(value -> value != JsonValue.NULL);
    }

    /** The object itself. */
    public JsonObject object() {
        return object;
    }

    private static boolean holdsNul(JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> ((JsonString) value).getString().indexOf('\0') >= 0;
            case ARRAY -> value.asJsonArray().stream().anyMatch(JsonBody::holdsNul);
            case OBJECT ->
                value.asJsonObject().entrySet().stream()
                        .anyMatch(field -> field.getKey().indexOf('\0') >= 0 || holdsNul(field.getValue()));
            default -> false;
        };
    }

    private static HubException wrong(String field, String expected) {
        return new HubException(ErrorKind.INVALID, "Field " + Text.shown(field) + " must be " + expected);
    }
}
