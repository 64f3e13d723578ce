package org.kohakuhub.contract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.kohakuhub.it.Bytes;

/** Small files of weights, made by the formats' own descriptions. */
final class WeightFile {
    private WeightFile() {}

    /** A safetensors file with this head; its numbers are {@code bytes} random ones. */
    static byte[] safetensors(String head, int bytes) {
        byte[] json = Bytes.utf8(head);
        return ByteBuffer.allocate(Long.BYTES + json.length + bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(Bytes.random(bytes, head.hashCode()))
                .array();
    }

    /** A GGUF file of one tensor with {@code 4 x 6} numbers, and a small vocabulary. */
    static byte[] gguf(String architecture, String chatTemplate) {
        ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        out.put(Bytes.utf8("GGUF")).putInt(3).putLong(1).putLong(5);
        text(out, "general.architecture").putInt(8);
        text(out, architecture);
        text(out, "tokenizer.ggml.tokens").putInt(9).putInt(8).putLong(3);
        text(text(text(out, "a"), "b"), "c");
        text(out, architecture + ".context_length").putInt(4).putInt(2048);
        text(out, "some.numbers")
                .putInt(9)
                .putInt(6)
                .putLong(4)
                .putFloat(1)
                .putFloat(2)
                .putFloat(3)
                .putFloat(4);
        text(out, "tokenizer.chat_template").putInt(8);
        text(out, chatTemplate);
        text(out, "blk.0.weight").putInt(2).putLong(4).putLong(6).putInt(0).putLong(0);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(out.array(), 0, out.position());
        file.writeBytes(Bytes.random(96, 7));
        return file.toByteArray();
    }

    private static ByteBuffer text(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return out.putLong(bytes.length).put(bytes);
    }
}
