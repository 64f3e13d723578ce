package org.kohakuhub.version;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.common.FilePath;

class AttributeRulesTest {
    private static AttributeRules root(String text) {
        return AttributeRules.parse(Map.of("", text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "*.bin filter=lfs, a.bin, true",
        "*.bin filter=lfs, deep/er/a.bin, true",
        "*.bin filter=lfs, a.txt, ",
        "*.bin -filter, a.bin, false",
        "saved_model/**/* filter=lfs, saved_model/v1/x, true",
        "*tfevents* filter=lfs, run/events.out.tfevents.1, true",
        "/only.txt filter=lfs, sub/only.txt, ",
        "*.bin text, a.bin, "
    })
    void speaks_of_what_its_patterns_match(String line, String path, Boolean expected) {
        assertThat(root(line).lfs(new FilePath(path)).orElse(null)).isEqualTo(expected);
    }

    @Test
    void the_last_line_that_names_the_filter_wins() {
        AttributeRules rules = root("*.bin filter=lfs\nsmall.bin !filter\nsmall.bin text\n");
        assertThat(rules.lfs(new FilePath("small.bin"))).contains(false);
        assertThat(rules.lfs(new FilePath("big.bin"))).contains(true);
    }

    @Test
    void the_nearer_file_wins() {
        AttributeRules rules = AttributeRules.parse(Map.of(
                "", "*.bin filter=lfs\n".getBytes(UTF_8),
                "raw", "*.bin -filter\n".getBytes(UTF_8)));
        assertThat(rules.lfs(new FilePath("raw/a.bin"))).contains(false);
        assertThat(rules.lfs(new FilePath("raw/x/a.bin"))).contains(false);
        assertThat(rules.lfs(new FilePath("rawer/a.bin"))).contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "with space.txt", "d/[x]*?.txt", "ünï/c#d%.bin", "!bang", "#hash", "\"q\".txt"})
    void the_exact_line_matches_its_path_and_no_other(String path) {
        AttributeRules rules = root(AttributeRules.lineFor(new FilePath(path)) + "\n");
        assertThat(rules.lfs(new FilePath(path))).contains(true);
        assertThat(rules.lfs(new FilePath("other/" + path))).isEmpty();
        assertThat(rules.lfs(new FilePath("a" + path))).isEmpty();
    }
}
