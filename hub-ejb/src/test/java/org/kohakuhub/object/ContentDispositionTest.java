package org.kohakuhub.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentDispositionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model.bin | inline; filename*=UTF-8''model.bin; filename=\"model.bin\";",
                "a b+c.txt | inline; filename*=UTF-8''a%20b+c.txt; filename=\"a b+c.txt\";",
                "100%.csv | inline; filename*=UTF-8''100%25.csv; filename=\"100_.csv\";",
                "say \"hi\" | inline; filename*=UTF-8''say%20%22hi%22; filename=\"say _hi_\";",
                "\u00fc.txt | inline; filename*=UTF-8''%C3%BC.txt; filename=\"_.txt\";",
                "\ud83e\udd17.md | inline; filename*=UTF-8''%F0%9F%A4%97.md; filename=\"_.md\";"
            })
    void writes_the_name_in_both_spellings(String fileName, String expected) {
        assertThat(ContentDisposition.inline(fileName).text()).isEqualTo(expected);
    }

    @Test
    void holds_no_line_end_of_a_name() {
        assertThat(ContentDisposition.attachment("a\r\nSet-Cookie: x").text())
                .isEqualTo("attachment; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x; filename=\"a__Set-Cookie: x\";");
    }
}
