package org.kohakuhub.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohakuhub.common.HubException;
import org.kohakuhub.repo.RefRule.Kind;
import org.kohakuhub.repo.RefRule.Terms;
import org.kohakuhub.repo.RefRule.Who;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "main,main,true",
        "main,main2,false",
        "main,mai,false",
        "release/*,release/1.0,true",
        "release/*,release/1/0,false",
        "release/**,release/1/0,true",
        "release/*,release/,true",
        "v?.?,v1.2,true",
        "v?.?,v1./,false",
        "*,main,true",
        "*,a/b,false",
        "**,a/b,true",
        "**/x,a/b/x,true",
        "a*b*c,a1b2b3c,true",
        "a*b*c,a1b2b3d,false",
        "a.c,abc,false",
    })
    void stars_and_question_marks(String pattern, String name, boolean matches) {
        assertThat(NamePattern.matches(pattern, name)).isEqualTo(matches);
    }

    @Test
    void no_pattern_takes_long() {
        Assertions.assertTimeout(
                Duration.ofSeconds(2),
                () -> assertThat(NamePattern.matches("*a".repeat(100), "a".repeat(199) + "b"))
                        .isFalse());
    }

    @Test
    void a_pattern_that_no_name_can_match_is_refused() {
        for (String pattern : new String[] {"", "a b", "a//b", "/a", "a..b", "a[b", "x".repeat(201), "a\\b"}) {
            assertThatThrownBy(() -> new Terms(Kind.BRANCH, pattern, Who.ADMIN, Who.ADMIN, Who.ADMIN))
                    .as(pattern)
                    .isInstanceOf(HubException.class);
        }
    }
}
