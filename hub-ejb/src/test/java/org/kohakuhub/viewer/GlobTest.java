package org.kohakuhub.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "**, a/b/c.csv, true",
        "*, a.csv, true",
        "*, a/b.csv, false",
        "data/*.parquet, data/a.parquet, true",
        "data/*.parquet, data/x/a.parquet, false",
        "data/**, data/x/a.parquet, true",
        "**/train/**, train/a.csv, true",
        "**/train/**, x/train/y/a.csv, true",
        "**/train/**, trains/a.csv, false",
        "**/*[-._ 0-9]test[-._ 0-9]*, x/my_test.csv, true",
        "**/*[-._ 0-9]test[-._ 0-9]*, x/contest.csv, false",
        "a?c, abc, true",
        "a[!b]c, abc, false",
        "a[b-d]c, acc, true",
        "**, .hidden/a.csv, false",
        ".*/*, .hidden/a.csv, true",
        "**, __pycache__/a.csv, false",
        "a/**/b/**/c, a/x/b/y/z/c, true",
        "a/**/b, a/b, true",
        "a.csv/**, a.csv, false"
    })
    void patterns_are_those_of_the_datasets_library(String pattern, String path, boolean matches) {
        assertThat(new Glob(pattern).matches(path)).isEqualTo(matches);
    }

    @Test
    @Timeout(5)
    void no_pattern_takes_long() {
        String stars = "*a".repeat(100) + "b";
        String folders = "**/x/".repeat(100) + "y";

        for (int i = 0; i < 100; i++) {
            assertThat(new Glob(stars).matches("a".repeat(250))).isFalse();
            assertThat(new Glob(folders).matches("x/".repeat(300) + "z")).isFalse();
        }
    }
}
