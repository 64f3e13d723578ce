package org.kohakuhub.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionTest {
    @Test
    void forty_hex_digits_are_a_commit() {
        assertThat(Revision.parse("a".repeat(40))).isInstanceOf(Revision.Exact.class);
        assertThat(Revision.parse("a".repeat(39))).isInstanceOf(Revision.Named.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "v1.0", "feature/x", "refs/pr/1", "refs/heads/main", "ünï", "a@b"})
    void refs_have_the_names_that_git_allows(String name) {
        assertThat(Revision.parse(name)).hasToString(name);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "a..b",
                "a b",
                "a~1",
                "a^",
                "a:b",
                "a?",
                "a*",
                "a[",
                "a\\b",
                "/a",
                "a/",
                "a//b",
                ".a",
                "a/.b",
                "a.lock",
                "a.lock/b",
                "a@{1}",
                "@",
                "a.",
                "-a",
                "a\u0007"
            })
    void what_git_does_not_allow_is_an_unknown_revision(String name) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> Revision.parse(name))
                .satisfies(refusal -> {
                    assertThat(refusal.kind()).isEqualTo(ErrorKind.REVISION_NOT_FOUND);
                    assertThat(refusal.sentence()).startsWith("Invalid rev id");
                });
    }
}
