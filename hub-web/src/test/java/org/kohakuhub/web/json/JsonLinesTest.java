package org.kohakuhub.web.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

class JsonLinesTest {
    private static JsonLines of(String text) {
        return new JsonLines(new ByteArrayInputStream(text.getBytes(UTF_8)), 10, 10_000_000);
    }

    @Test
    void reads_every_kind_of_value() {
        JsonLines lines =
                of("{\"a\": [1, -2.5e1, true, false, null, {\"b\": \"c\"}], \"s\": \"x\\n\\u00e9\\uD83D\\uDE00\\/é\"}");
        Map<String, Object> line = lines.next().orElseThrow();
        assertThat(line.get("a"))
                .isEqualTo(Arrays.asList(
                        new BigDecimal("1"), new BigDecimal("-2.5e1"), true, false, null, Map.of("b", "c")));
        assertThat(line.get("s")).isEqualTo("x\né😀/é");
        assertThat(lines.next()).isEmpty();
    }

    @Test
    void counts_lines_and_passes_over_empty_ones() {
        JsonLines lines = of("\n{}\r\n\n  {\"a\":1}  \n\n");
        assertThat(lines.next()).contains(Map.of());
        assertThat(lines.next()).contains(Map.of("a", BigDecimal.ONE));
        assertThat(lines.line()).isEqualTo(2);
        assertThat(lines.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "\"a\"",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{} {}",
                "{}x",
                "{\"a\":tru}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\uD83D\"}",
                "{\"a\":\"\\uDE00\\uD83D\"}",
                "{\"a\":\"un",
                "{\"a\":\"tab\there\"}",
                "{\"a\":--1}",
                "{\"a\":\n1}",
                "nul"
            })
    void refuses_what_is_no_object_on_one_line(String text) {
        JsonLines lines = of(text);
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(lines::next)
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.INVALID);
    }

    @Test
    void refuses_text_that_is_not_utf8() {
        byte[] bytes = "{\"a\":\"?\"}".getBytes(UTF_8);
        bytes[6] = (byte) 0xff;
        JsonLines lines = new JsonLines(new ByteArrayInputStream(bytes), 10, 10);
        assertThatExceptionOfType(HubException.class).isThrownBy(lines::next);
    }

    @ParameterizedTest
    @ValueSource(ints = {JsonLines.LONGEST_STRING + 1, Spool.IN_MEMORY, Spool.IN_MEMORY + 1, 3_000_000})
    void a_long_string_is_spooled_and_gone_with_its_line(int length) throws IOException {
        String text = "é" + "x".repeat(length - 3) + "\n";
        JsonLines lines = of("{\"content\":\"" + text.replace("\n", "\\n") + "\",\"path\":\"p\"}\n{}");
        Map<String, Object> line = lines.next().orElseThrow();
        assertThat(line.get("path")).isEqualTo("p");
        Spool spool = (Spool) line.get("content");
        assertThat(spool.length()).isEqualTo(length);
        try (InputStream content = spool.open()) {
            assertThat(new String(content.readAllBytes(), UTF_8)).isEqualTo(text);
        }
        assertThat(lines.next()).contains(Map.of());
    }

    @Test
    void refuses_more_than_its_limits() {
        String deep = "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}";
        assertThatExceptionOfType(HubException.class).isThrownBy(of(deep)::next);

        JsonLines many = new JsonLines(new ByteArrayInputStream("{}\n{}\n{}".getBytes(UTF_8)), 2, 10);
        many.next();
        many.next();
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(many::next)
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.TOO_LARGE);

        String content = "{\"a\":\"" + "x".repeat(100_000) + "\"}";
        JsonLines large = new JsonLines(new ByteArrayInputStream(content.getBytes(UTF_8)), 2, 99_999);
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(large::next)
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.TOO_LARGE);

        String wide = "{\"a\":[" + "1,".repeat(200_000) + "1]}";
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(of(wide)::next)
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.TOO_LARGE);
    }

    @Test
    void reads_across_the_edges_of_its_buffer() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            text.append("{\"k\":\"").append("y".repeat(30_000 + i)).append("\\u0041\"}\n");
        }
        JsonLines lines = of(text.toString());
        for (int i = 0; i < 9; i++) {
            assertThat(lines.next().orElseThrow().get("k")).isEqualTo("y".repeat(30_000 + i) + 'A');
        }
        assertThat(List.of(lines.next())).containsExactly(java.util.Optional.empty());
    }
}
