package org.kohakuhub.web.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohakuhub.common.HubException;

class PathsQuestionTest {
    private static PathsQuestion read(String type, String body) {
        return PathsQuestion.read(type, new ByteArrayInputStream(body.getBytes(UTF_8)));
    }

    /** Point 13 of the contract's list. */
    @Test
    void the_python_client_sends_a_form() {
        assertThat(read("application/x-www-form-urlencoded", "paths=a&paths=b+c%2Fd%26%C3%A9&expand=True&unknown=1"))
                .isEqualTo(new PathsQuestion(List.of("a", "b c/d&é"), true));
        assertThat(read(null, "paths=a&expand=false")).isEqualTo(new PathsQuestion(List.of("a"), false));
        assertThat(read(null, "")).isEqualTo(new PathsQuestion(List.of(), false));
    }

    @Test
    void others_send_json() {
        assertThat(read("application/json; charset=utf-8", "{\"paths\":[\"a\",\"b c\"],\"expand\":true,\"x\":null}"))
                .isEqualTo(new PathsQuestion(List.of("a", "b c"), true));
        assertThat(read("application/json", "{}")).isEqualTo(new PathsQuestion(List.of(), false));
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '{\"paths\":[1]}'",
        "application/json, '{\"paths\":{}}'",
        "application/json, '[]'",
        "application/x-www-form-urlencoded, 'paths=%zz'"
    })
    void a_malformed_question_is_refused(String type, String body) {
        assertThatExceptionOfType(HubException.class).isThrownBy(() -> read(type, body));
    }

    @Test
    void too_many_paths_are_refused() {
        assertThatExceptionOfType(HubException.class).isThrownBy(() -> read(null, "paths=a&".repeat(1_001)));
    }

    @ParameterizedTest
    @CsvSource({"a/b, a/b", "/a/b/, a/b", "//, ''", "'', ''"})
    void slashes_around_a_path_do_not_count(String asked, String path) {
        assertThat(AskedPath.stripped(asked)).isEqualTo(path);
    }

    @Test
    void what_no_repository_may_hold_is_nowhere() {
        assertThat(AskedPath.read("a/../b")).isEmpty();
        assertThat(AskedPath.read("")).isEmpty();
        assertThat(AskedPath.read("a/b")).isPresent();
    }
}
