package org.kohakuhub.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void untrusted_text_becomes_one_bounded_line_of_ascii() {
        assertThat(Text.shown("a\r\nSet-Cookie: x=ü")).isEqualTo("a??Set-Cookie: x=?");
        assertThat(Text.shown("x".repeat(1000))).hasSize(300);
    }

    @Test
    void look_alike_names_are_the_same() {
        assertThat(Text.normalizedName("My-Model_1"))
                .isEqualTo(Text.normalizedName("mymodel1"))
                .isEqualTo("mymodel1");
    }
}
