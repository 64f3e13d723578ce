package org.kohakuhub.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagsTest {
    private static final String ETAG = "\"abc\"";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"abc\"          | true",
                "W/\"abc\"        | true",
                "\"x\", \"abc\"   | true",
                "*                | true",
                "\"abcd\"         | false",
                "abc              | false"
            },
            quoteCharacter = '\'')
    void if_none_match_compares_weakly(String header, boolean matches) {
        assertThat(EntityTags.matches(header, ETAG)).isEqualTo(matches);
    }

    @Test
    void without_the_header_nothing_matches() {
        assertThat(EntityTags.matches(null, ETAG)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"abc\"                       | true",
                "W/\"abc\"                     | false",
                "\"other\"                     | false",
                "Wed, 21 Oct 2026 07:28:00 GMT | false"
            },
            quoteCharacter = '\'')
    void if_range_compares_strongly(String header, boolean counts) {
        assertThat(EntityTags.rangeCounts(header, ETAG)).isEqualTo(counts);
    }

    @Test
    void without_if_range_the_range_counts() {
        assertThat(EntityTags.rangeCounts(null, ETAG)).isTrue();
    }
}
