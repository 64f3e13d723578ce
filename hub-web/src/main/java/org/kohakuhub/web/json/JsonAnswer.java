package org.kohakuhub.web.json;

import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Answers that are written as they are made, field by field, because their length has no bound. */
public final class JsonAnswer {
    /** The client demands the {@code Z}. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final JsonProvider JSON = JsonProvider.provider(); // finding it costs a search each time
    private static final JsonGeneratorFactory GENERATORS = JSON.createGeneratorFactory(Map.of());

    private JsonAnswer() {}

    /** An answer's body; {@code writer} must end what it begins. */
    public static StreamingOutput of(Consumer<JsonGenerator> writer) {
        return out -> {
            JsonGenerator json = GENERATORS.createGenerator(new KeptOpen(out), StandardCharsets.UTF_8);
            writer.accept(json);
            json.close(); // in no finally: an answer that broke off must not look whole
        };
    }

    /** A moment in the contract's form. */
    public static String date(Instant instant) {
        return DATE.format(instant);
    }

    /** A text as a value. */
    public static JsonString string(String text) {
        return JSON.createValue(text);
    }

    /** A JSON text that was stored, as a value again. */
    public static JsonValue parse(String stored) {
        try (JsonReader reader = JSON.createReader(new StringReader(stored))) {
            return reader.readValue();
        }
    }

    /** The server closes its stream itself. */
    private static final class KeptOpen extends FilterOutputStream {
        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
