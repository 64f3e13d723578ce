package org.kohakuhub.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepoIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "tiny-bert", "v1.0", "_x", "A_b.C-9"})
    void accepts_what_the_client_accepts(String name) {
        assertThat(new RepoId(RepoType.MODEL, "acme", name)).hasToString("models/acme/" + name);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "-a", "a.", "a--b", "a..b", "a.git", "a/b", "ü", "a\nb", "a b", "."})
    void refuses_what_the_client_refuses(String name) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> new RepoId(RepoType.MODEL, "acme", name))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.INVALID_REPO_ID);
    }

    @Test
    void a_segment_has_at_most_96_characters() {
        assertThat(RepoId.isSegment("a".repeat(96))).isTrue();
        assertThat(RepoId.isSegment("a".repeat(97))).isFalse();
    }

    @Test
    void addresses_of_all_but_models_have_a_prefix() {
        assertThat(new RepoId(RepoType.MODEL, "a", "b").urlPath()).isEqualTo("a/b");
        assertThat(new RepoId(RepoType.DATASET, "a", "b").urlPath()).isEqualTo("datasets/a/b");
        assertThat(new RepoId(RepoType.SPACE, "a", "b").urlPath()).isEqualTo("spaces/a/b");
        assertThat(new RepoId(RepoType.KERNEL, "a", "b").urlPath()).isEqualTo("kernels/a/b");
    }

    @Test
    void the_expression_for_paths_has_every_type() {
        assertThat(RepoType.PLURALS.split("\\|"))
                .containsExactly(
                        Arrays.stream(RepoType.values()).map(RepoType::plural).toArray(String[]::new));
    }
}
