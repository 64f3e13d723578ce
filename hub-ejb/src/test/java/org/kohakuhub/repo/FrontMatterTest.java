package org.kohakuhub.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontMatterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\nlicense: mit\n---\n# Title\n",
                "---\r\nlicense: mit\r\n---\r\n# Title\r\n",
                "\uFEFF---\nlicense: mit\n---",
                "\n\n---\nlicense: mit\n---\ntext\n---\nmore\n---\n",
            })
    void reads_the_block_at_the_head(String readme) throws Exception {
        assertThat(FrontMatter.read(readme).map(JsonObject::toString)).contains("{\"license\":\"mit\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "# Title\n", "---\nno: end\n", "text\n---\na: b\n---\n", "---\n---\n", "---\n# only\n---\n"})
    void finds_nothing_where_nothing_is(String readme) throws Exception {
        assertThat(FrontMatter.read(readme)).isEmpty();
    }

    @Test
    void keeps_the_kinds_of_values() throws Exception {
        String readme = """
                ---
                text: a
                number: 12
                big: 123456789012345678901234567890
                fraction: 0.5
                yes: true
                nothing: null
                date: 2026-01-02
                odd: .nan
                list: [a, 1]
                map: {k: v}
                1: numeric key
                ---
                """;
        assertThat(FrontMatter.read(readme).orElseThrow())
                .hasToString("{\"text\":\"a\",\"number\":12,\"big\":123456789012345678901234567890,\"fraction\":0.5,"
                        + "\"yes\":true,\"nothing\":null,\"date\":\"2026-01-02\",\"odd\":\"NaN\",\"list\":[\"a\",1],"
                        + "\"map\":{\"k\":\"v\"},\"1\":\"numeric key\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [",
                "just text",
                "- a\n- b",
                "a: 1\na: 2",
                "a: !!java.io.File x",
                "a: &x [*x]",
                "\tkey: tab",
            })
    void refuses_what_is_no_mapping_of_plain_data(String yaml) {
        assertThatExceptionOfType(FrontMatter.Malformed.class)
                .isThrownBy(() -> FrontMatter.read("---\n" + yaml + "\n---\n"))
                .withMessageContaining("README.md");
    }

    @Test
    void refuses_aliases_that_multiply() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String before = "*a" + (i - 1);
            yaml.append("a%d: &a%d [%s, %s, %s, %s, %s]%n".formatted(i, i, before, before, before, before, before));
        }
        assertThatExceptionOfType(FrontMatter.Malformed.class)
                .isThrownBy(() -> FrontMatter.read("---\n" + yaml + "---\n"));
    }

    @Test
    void refuses_what_is_nested_beyond_reason() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertThatExceptionOfType(FrontMatter.Malformed.class)
                .isThrownBy(() -> FrontMatter.read("---\na: " + deep + "\n---\n"));
    }
}
