package org.kohakuhub.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.version.AttributeRules;

class LfsRuleTest {
    private static final LfsRule RULE = new LfsRule(5_000, LfsRule.SERVER_SUFFIXES);

    @ParameterizedTest
    @CsvSource({
        "a.txt, 4999, false",
        "a.txt, 5000, true",
        "a.parquet, 1, true",
        "d/A.SafeTensors, 1, true",
        "a.bin, 0, false",
        "bin, 10, false"
    })
    void takes_by_size_and_suffix(String path, long size, boolean taken) {
        assertThat(RULE.takes(new FilePath(path), size)).isEqualTo(taken);
    }

    @Test
    void a_new_repository_hands_every_suffix_of_weights_and_tables_to_lfs() {
        for (RepoType type : RepoType.values()) {
            AttributeRules rules = AttributeRules.parse(java.util.Map.of(
                    "", FirstFiles.of(type, "x", Optional.of("gradio")).get(new FilePath(".gitattributes"))));
            for (String path : List.of("a.safetensors", "d/a.parquet", "a.gguf", "a.tar.gz", "saved_model/v/x")) {
                assertThat(rules.lfs(new FilePath(path))).as(path).contains(true);
            }
            assertThat(rules.lfs(new FilePath("a.png")).isPresent()).isEqualTo(type == RepoType.DATASET);
            assertThat(rules.lfs(new FilePath("README.md"))).isEmpty();
        }
    }

    @Test
    void a_new_space_says_which_kit_runs_it() throws Exception {
        byte[] readme =
                FirstFiles.of(RepoType.SPACE, "007", Optional.of("docker")).get(new FilePath("README.md"));
        assertThat(FrontMatter.read(new String(readme, java.nio.charset.StandardCharsets.UTF_8))
                        .orElseThrow())
                .hasToString("{\"title\":\"007\",\"sdk\":\"docker\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin", ".", "", ".a b", ".a/b", ".é"})
    void a_rule_that_is_no_suffix_is_refused(String suffix) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> new SettingsChange(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new SettingsChange.Own<>(Optional.of(List.of(suffix))))))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.INVALID);
    }

    @Test
    void suffixes_are_kept_in_lower_case_and_once() {
        SettingsChange change = new SettingsChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new SettingsChange.Own<>(Optional.of(List.of(".BIN", ".bin", ".tar.gz")))));
        assertThat(change.lfsSuffixes().flatMap(SettingsChange.Own::value)).contains(List.of(".bin", ".tar.gz"));
    }
}
