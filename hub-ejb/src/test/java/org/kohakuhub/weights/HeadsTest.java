package org.kohakuhub.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadsTest {
    private static byte[] file(String head) {
        byte[] json = head.getBytes(UTF_8);
        return ByteBuffer.allocate(8 + json.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    private static ByteArrayInputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    @Test
    void numbers_are_counted_by_their_type() throws IOException {
        String head =
                "{\"__metadata__\":{\"a\":\"b\"},\"x\":{\"dtype\":\"F16\",\"shape\":[2,3],\"data_offsets\":[0,12]},"
                        + "\"y\":{\"shape\":[5],\"dtype\":\"I8\",\"more\":{\"z\":[]}},\"w\":{\"dtype\":\"F16\",\"shape\":[]}}   ";
        assertThat(SafetensorsHead.read(stream(file(head)), 1_000))
                .containsOnly(Map.entry("F16", 7L), Map.entry("I8", 5L));
        assertThatExceptionOfType(MalformedHeadException.class)
                .isThrownBy(() -> SafetensorsHead.read(stream(file(head)), 50));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"a\":[]}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4]}}",
                "{\"a\":{\"dtype\":1,\"shape\":[4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4]}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[[4]]}}"
            })
    void what_is_no_list_of_tensors_is_refused(String head) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> SafetensorsHead.read(stream(file(head)), 1_000));
    }

    @Test
    void a_length_that_lies_costs_nothing() {
        byte[] longer = file("{}");
        longer[0] = 100;
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> SafetensorsHead.read(stream(longer), 1_000));
        byte[] huge = file("{}");
        Arrays.fill(huge, 0, 8, (byte) 0xff);
        assertThatExceptionOfType(MalformedHeadException.class)
                .isThrownBy(() -> SafetensorsHead.read(stream(huge), Integer.MAX_VALUE));
    }

    @Test
    void an_index_names_its_files() throws IOException {
        String index = "{\"metadata\":{\"x\":[1]},\"weight_map\":{\"a\":\"s1\",\"b\":\"s2\",\"c\":\"s1\"},\"z\":[]}";
        assertThat(SafetensorsHead.index(stream(index.getBytes(UTF_8))).shards())
                .containsExactly("s1", "s2");
        assertThatExceptionOfType(MalformedHeadException.class)
                .isThrownBy(() -> SafetensorsHead.index(stream("{\"weight_map\":{\"a\":1}}".getBytes(UTF_8))));
    }

    private static ByteBuffer gguf(long tensors, long fields) {
        return ByteBuffer.allocate(1_000)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("GGUF".getBytes(UTF_8))
                .putInt(3)
                .putLong(tensors)
                .putLong(fields);
    }

    private static ByteBuffer text(ByteBuffer out, String text) {
        return out.putLong(text.length()).put(text.getBytes(UTF_8));
    }

    @Test
    void a_gguf_head_tells_what_it_is() throws IOException {
        ByteBuffer out = gguf(1, 2);
        text(text(out, "general.architecture").putInt(8), "llama");
        text(out, "llama.context_length").putInt(10).putLong(4096);
        text(out, "t").putInt(3).putLong(2).putLong(3).putLong(5).putInt(1).putLong(0);
        GgufHead head = GgufHead.read(stream(out.array()));
        assertThat(head.total()).isEqualTo(30);
        assertThat(head.architecture()).contains("llama");
        assertThat(head.contextLength()).hasValue(4096);
        assertThat(head.chatTemplate()).isEqualTo(Optional.empty());
    }

    @Test
    void gguf_heads_that_lie_are_refused() {
        ByteBuffer nested = gguf(0, 1);
        text(nested, "k").putInt(9);
        for (int i = 0; i < 8; i++) {
            nested.putInt(9).putLong(1);
        }
        ByteBuffer negative = gguf(0, 1);
        text(negative, "k").putInt(8).putLong(-1);
        ByteBuffer tensors =
                text(gguf(1, 0), "t").putInt(2).putLong(Long.MAX_VALUE).putLong(2);
        for (ByteBuffer bad : List.of(nested, negative, tensors, gguf(-1, 0), gguf(0, Long.MAX_VALUE))) {
            assertThatExceptionOfType(MalformedHeadException.class)
                    .isThrownBy(() -> GgufHead.read(stream(bad.array())));
        }
        ByteBuffer endless = text(gguf(0, 1), "k").putInt(8).putLong(Long.MAX_VALUE);
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> GgufHead.read(stream(endless.array())));
    }

    @Test
    void only_as_much_is_fetched_as_is_read() throws IOException {
        byte[] content = new byte[3_000_000];
        new SplittableRandom(1).nextBytes(content);
        List<Long> asked = new ArrayList<>();
        PiecewiseStream.Source source = (from, length) -> {
            asked.add(length);
            return new ByteArrayInputStream(content, (int) from, (int) length);
        };
        try (PiecewiseStream stream = new PiecewiseStream(source, content.length)) {
            assertThat(stream.readNBytes(8)).isEqualTo(Arrays.copyOf(content, 8));
        }
        assertThat(asked).containsExactly(1L << 16);
        try (PiecewiseStream stream = new PiecewiseStream(source, content.length)) {
            assertThat(stream.readAllBytes()).isEqualTo(content);
        }
    }
}
