package org.kohakuhub.version;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohakuhub.common.FilePath;

class IgnoreRulesTest {
    @ParameterizedTest
    @CsvSource({
        "*.log, a.log, true",
        "*.log, deep/a.log, true",
        "*.log, a.txt, false",
        "build/, build/out/x, true",
        "build/, build, false",
        "/top, sub/top, false",
        "'*.log,!keep.log', keep.log, false",
        "'logs/,!logs/keep.log', logs/keep.log, true"
    })
    void leaves_out_what_git_would(String lines, String path, boolean ignored) {
        IgnoreRules rules = IgnoreRules.parse(lines.replace(',', '\n').getBytes(UTF_8));
        assertThat(rules.ignores(new FilePath(path))).isEqualTo(ignored);
    }
}
