package org.kohakuhub.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathTest {
    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "a",
                "a/b/c.txt",
                "with space.txt",
                "ünïcödé/文件.txt",
                "a+b#c%d&e=f?.txt",
                "100%",
                ".gitattributes",
                ".github/workflows/x.yml",
                "..a/b..",
                "😀.txt"
            })
    void accepts_unusual_but_legal_names(String path) {
        assertThat(new FilePath(path)).hasToString(path);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "/a",
                "a/",
                "a//b",
                ".",
                "./a",
                "..",
                "../a",
                "a/../b",
                "a\\b",
                "a\u0000b",
                "a\nb",
                ".git",
                ".git/config",
                "a/.GIT/hooks/x",
                ".git./x",
                ".git /x",
                "git~1/config",
                ".git::$INDEX_ALLOCATION/config",
                ".g\u200cit/config",
                "lone\ud800"
            })
    void refuses_what_leaves_the_repository_or_touches_its_administration(String path) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> new FilePath(path))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.UNPROCESSABLE);
    }

    @Test
    void a_segment_is_no_longer_than_file_systems_allow() {
        assertThat(new FilePath("a".repeat(255)).fileName()).hasSize(255);
        assertThatExceptionOfType(HubException.class).isThrownBy(() -> new FilePath("a".repeat(256)));
    }

    @Test
    void the_reason_is_told_for_the_longest_path_too() {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> new FilePath("n/".repeat(2100)))
                .satisfies(refusal -> assertThat(Text.shown(refusal.sentence())).contains("longer than 4096 bytes"));
    }
}
