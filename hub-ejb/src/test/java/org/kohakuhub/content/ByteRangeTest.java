package org.kohakuhub.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=2-5, 2, 5",
        "bytes=2-, 2, 9",
        "bytes=2-9, 2, 9",
        "bytes=2-10, 2, 9",
        "bytes=0-99999999999999999999999, 0, 9",
        "bytes=-3, 7, 9",
        "bytes=-10, 0, 9",
        "bytes=-99, 0, 9",
        "Bytes = 1 - 3, 1, 3",
        "bytes=0001-0002, 1, 2",
    })
    void cuts_a_part_of_ten_bytes(String header, long first, long last) {
        assertThat(ByteRange.parse(header, 10)).isEqualTo(new ByteRange.Part(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"})
    void past_the_end_is_unsatisfiable(String header) {
        assertThat(ByteRange.parse(header, 10)).isEqualTo(new ByteRange.Unsatisfiable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes=",
                "bytes=-",
                "bytes=5-2",
                "bytes=a-b",
                "items=0-1",
                "bytes=0-1,3-4",
                "bytes 0-1",
                "0-1"
            })
    void what_a_server_may_ignore_is_the_whole(String header) {
        assertThat(ByteRange.parse(header, 10)).isEqualTo(new ByteRange.Whole());
    }

    @Test
    void no_header_is_the_whole() {
        assertThat(ByteRange.parse(null, 10)).isEqualTo(new ByteRange.Whole());
    }

    @Test
    void of_nothing_there_is_no_part() {
        assertThat(ByteRange.parse("bytes=0-", 0)).isEqualTo(new ByteRange.Unsatisfiable());
        assertThat(ByteRange.parse("bytes=-5", 0)).isEqualTo(new ByteRange.Unsatisfiable());
    }

    @Test
    void tells_itself_in_the_answers_header() {
        ByteRange.Part part = new ByteRange.Part(6_000_000_000L, 6_000_000_009L);
        assertThat(part.length()).isEqualTo(10);
        assertThat(part.header(7_000_000_000L)).isEqualTo("bytes 6000000000-6000000009/7000000000");
        assertThat(new ByteRange.Unsatisfiable().header(10)).isEqualTo("bytes */10");
    }
}
