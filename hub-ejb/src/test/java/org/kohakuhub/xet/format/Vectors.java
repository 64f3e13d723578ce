package org.kohakuhub.xet.format;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The test vectors beside this class, which came from the real client, and the generators of their inputs. */
public final class Vectors {
    private Vectors() {}

    /** A file of vectors, whole. */
    public static byte[] bytes(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonArray array(String name) {
        try (JsonReader reader = Json.createReader(Vectors.class.getResourceAsStream(name))) {
            return reader.readArray();
        }
    }

    static JsonObject object(String name) {
        try (JsonReader reader = Json.createReader(Vectors.class.getResourceAsStream(name))) {
            return reader.readObject();
        }
    }

    /** The input of this name. */
    static byte[] input(String name) {
        return switch (name) {
            case "empty" -> new byte[0];
            case "one" -> new byte[1];
            case "hello" -> "Hello, Xet!\n".getBytes(StandardCharsets.US_ASCII);
            case "rnd1024" -> random(1_024, 1);
            case "rnd8191" -> random(8_191, 2);
            case "rnd8192" -> random(8_192, 3);
            case "rnd8193" -> random(8_193, 4);
            case "rnd200000" -> random(200_000, 5);
            case "rnd1m" -> random(1 << 20, 6);
            case "rnd1m_edit" -> insert(random(1 << 20, 6), random(10, 7), 500_000);
            case "zeros300000" -> new byte[300_000];
            case "text150000" -> text(150_000);
            case "f32_160000" -> floats(160_000);
            default -> throw new AssertionError(name);
        };
    }

    /** {@code splitmix(n, seed)} of the vectors' page. */
    public static byte[] random(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer bytes = ByteBuffer.allocate((size + 7) / 8 * 8).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putLong(random.nextLong());
        }
        return Arrays.copyOf(bytes.array(), size);
    }

    static byte[] text(int size) {
        StringBuilder text = new StringBuilder();
        for (long i = 0; text.length() < size; i++) {
            text.append(i)
                    .append(',')
                    .append(i * i % 9973)
                    .append(",row-")
                    .append(i * 7919 % 104_729)
                    .append('\n');
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), size);
    }

    static byte[] floats(int size) {
        ByteBuffer bytes = ByteBuffer.allocate(size / 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; bytes.hasRemaining(); i++) {
            bytes.putInt(0x3F80_0000 + (i * 0x9E37_79B1 >>> 12)); // 2654435761
        }
        return bytes.array();
    }

    static byte[] insert(byte[] base, byte[] extra, int at) {
        byte[] joined = Arrays.copyOf(base, base.length + extra.length);
        System.arraycopy(extra, 0, joined, at, extra.length);
        System.arraycopy(base, at, joined, at + extra.length, base.length - at);
        return joined;
    }
}
