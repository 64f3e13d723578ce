package org.kohakuhub.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

class JsonBodyTest {
    private static JsonBody read(String json) {
        return JsonBody.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), 1000);
    }

    private static void assertRefused(ErrorKind kind, Runnable work) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(work::run)
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    @Test
    void fields_have_types_and_unknown_ones_do_not_matter() {
        JsonBody body = read("{\"name\":\"x\",\"private\":true,\"size\":12,\"more\":[1]}");

        assertThat(body.required("name")).isEqualTo("x");
        assertThat(body.flag("private")).contains(true);
        assertThat(body.whole("size")).contains(12L);
        assertThat(body.text("missing")).isEmpty();
    }

    @Test
    void null_counts_as_absent_and_no_body_as_an_empty_one() {
        assertThat(read("{\"organization\":null}").text("organization")).isEmpty();
        assertRefused(ErrorKind.INVALID, () -> read("{\"name\":null}").required("name"));
        assertThat(read("").object()).isEmpty();
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "{",
                "[]",
                "1",
                "\"x\"",
                "{\"a\":1}x",
                "{\"a\":}",
                "nul",
                "{\"a\":\"\\u0000\"}",
                "{\"\\u0000\":[]}"
            })
    void what_is_no_json_object_is_refused(String json) {
        assertRefused(ErrorKind.INVALID, () -> read(json));
    }

    @Test
    void wrong_types_are_refused_by_name() {
        JsonBody body = read("{\"name\":1,\"private\":\"yes\",\"size\":1.5,\"big\":1e40}");

        assertRefused(ErrorKind.INVALID, () -> body.text("name"));
        assertRefused(ErrorKind.INVALID, () -> body.flag("private"));
        assertRefused(ErrorKind.INVALID, () -> body.whole("size"));
        assertRefused(ErrorKind.INVALID, () -> body.whole("big"));
    }

    @Test
    void a_body_over_the_limit_is_too_large() {
        assertRefused(ErrorKind.TOO_LARGE, () -> read("{\"a\":\"" + "x".repeat(1000) + "\"}"));
    }

    /** Point 16: dates end in Z. */
    @Test
    void dates_end_in_z() {
        assertThat(Dates.text(Instant.parse("2026-01-01T00:00:00.123456Z"))).isEqualTo("2026-01-01T00:00:00.123Z");
        assertThat(Dates.text(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000Z");
    }
}
