package org.kohakuhub.weights;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
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
        byte[] first = file.readNBytes(Long.BYTES);
        if (first.length < Long.BYTES) {
            throw new MalformedHeadException("The file ends before its head");
        }
        long length = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
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
     * The files that an index ({@code model.safetensors.index.json}) spreads the tensors over.
     *
     * @throws MalformedHeadException if this is no index
     */
    static Set<String> shards(InputStream index) throws IOException {
        Set<String> shards = new TreeSet<>();
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
                } else if (value == JsonParser.Event.START_ARRAY) {
                    json.skipArray();
                } else if (value == JsonParser.Event.START_OBJECT) {
                    json.skipObject();
                }
            }
        } catch (RuntimeException e) {
            throw new MalformedHeadException("This is no index: " + e.getMessage());
        }
        return shards;
    }

    private static void expect(boolean holds) throws MalformedHeadException {
        if (!holds) {
            throw new MalformedHeadException("The head is no list of tensors");
        }
    }
}
