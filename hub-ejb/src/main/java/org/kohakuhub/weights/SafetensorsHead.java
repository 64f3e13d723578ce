package org.kohakuhub.weights;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The head of a safetensors file: eight bytes with its length, then a JSON object that names each tensor with its type
 * and shape.
 */
final class SafetensorsHead {
    private static final int MOST_TYPES = 64;
    private static final int MOST_SHARDS = 2_000;

    private SafetensorsHead() {}

    /**
     * How many numbers of each type the file's tensors have.
     *
     * @param longest bytes of a head that is still read
     * @throws MalformedHeadException if this is no such head, or a longer one
     */
    static Map<String, Long> read(InputStream file, int longest) throws IOException {
        long length = length(file);
        if (length < 2 || length > longest) {
            throw new MalformedHeadException("A head of " + Long.toUnsignedString(length) + " bytes");
        }
        byte[] head = file.readNBytes((int) length);
        if (head.length < length) {
            throw new EOFException("The file ends inside its head");
        }
        try (JsonParser json = Json.createParser(new ByteArrayInputStream(head))) {
            return counts(json);
        } catch (RuntimeException e) { // of no one kind: too many objects in each other have a bare one
            throw new MalformedHeadException("The head is no list of tensors: " + e.getMessage());
        }
    }

    private static long length(InputStream file) throws IOException {
        byte[] first = file.readNBytes(Long.BYTES);
        if (first.length < Long.BYTES) {
            throw new MalformedHeadException("The file ends before its head");
        }
        return ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** Copies the JSON of a head that {@link #read} found to be one. */
    static void copy(InputStream file, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (long left = length(file); left > 0; ) {
            int count = file.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException("The file ends inside its head");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }

    private static Map<String, Long> counts(JsonParser json) throws MalformedHeadException {
        Map<String, Long> counts = new TreeMap<>();
        expect(json.next() == JsonParser.Event.START_OBJECT);
        while (json.next() == JsonParser.Event.KEY_NAME) {
            boolean metadata = json.getString().equals("__metadata__");
            expect(json.next() == JsonParser.Event.START_OBJECT);
            if (metadata) {
                json.skipObject();
            } else {
                tensor(json, counts);
            }
        }
        expect(!counts.isEmpty());
        return counts;
    }

    private static void tensor(JsonParser json, Map<String, Long> counts) throws MalformedHeadException {
        String type = "";
        long numbers = 1;
        while (json.next() == JsonParser.Event.KEY_NAME) {
            String key = json.getString();
            JsonParser.Event value = json.next();
            if (key.equals("dtype")) {
                expect(value == JsonParser.Event.VALUE_STRING);
                type = json.getString();
            } else if (key.equals("shape")) {
                expect(value == JsonParser.Event.START_ARRAY);
                JsonParser.Event next = json.next();
                for (; next == JsonParser.Event.VALUE_NUMBER; next = json.next()) {
                    expect(json.getLong() >= 0);
                    numbers = Math.multiplyExact(numbers, json.getLong());
                }
                expect(next == JsonParser.Event.END_ARRAY);
            } else if (value == JsonParser.Event.START_ARRAY) {
                json.skipArray();
            } else if (value == JsonParser.Event.START_OBJECT) {
                json.skipObject();
            }
        }
        expect(!type.isEmpty() && type.length() <= 32 && counts.size() < MOST_TYPES);
        counts.merge(type, numbers, Math::addExact);
    }

    /**
     * What an index ({@code model.safetensors.index.json}) says.
     *
     * @param shards the files that it spreads the tensors over
     * @param metadata of the whole model, empty if there is none
     */
    record Index(Set<String> shards, JsonObject metadata) {}

    /** @throws MalformedHeadException if this is no index */
    static Index index(InputStream index) throws IOException {
        Set<String> shards = new TreeSet<>();
        JsonObject metadata = JsonValue.EMPTY_JSON_OBJECT;
        try (JsonParser json = Json.createParser(index)) {
            expect(json.next() == JsonParser.Event.START_OBJECT);
            while (json.next() == JsonParser.Event.KEY_NAME) {
                String key = json.getString();
                JsonParser.Event value = json.next();
                if (key.equals("weight_map") && value == JsonParser.Event.START_OBJECT) {
                    while (json.next() == JsonParser.Event.KEY_NAME) {
                        expect(json.next() == JsonParser.Event.VALUE_STRING && shards.size() < MOST_SHARDS);
                        shards.add(json.getString());
                    }
                } else if (key.equals("metadata") && value == JsonParser.Event.START_OBJECT) {
                    metadata = json.getObject();
                } else if (value == JsonParser.Event.START_ARRAY) {
                    json.skipArray();
                } else if (value == JsonParser.Event.START_OBJECT) {
                    json.skipObject();
                }
            }
        } catch (RuntimeException e) {
            throw new MalformedHeadException("This is no index: " + e.getMessage());
        }
        return new Index(shards, metadata);
    }

    private static void expect(boolean holds) throws MalformedHeadException {
        if (!holds) {
            throw new MalformedHeadException("The head is no list of tensors");
        }
    }
}
