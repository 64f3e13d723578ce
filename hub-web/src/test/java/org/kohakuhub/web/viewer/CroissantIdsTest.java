package org.kohakuhub.web.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CroissantIdsTest {
    private final CroissantIds ids = new CroissantIds();

    @Test
    void names_become_parts_of_iris() {
        assertThat(ids.of("default")).isEqualTo("default");
        assertThat(ids.of("default", "größe_1.x-y")).isEqualTo("default/größe_1.x-y");
        assertThat(ids.of("default", "a b:c#d/e?")).isEqualTo("default/a_b_c_d_e_");
        assertThat(ids.of("default", "..")).isEqualTo("default/_..");
        assertThat(ids.of("default", "")).isEqualTo("default/_");
    }

    @Test
    void none_is_given_twice() {
        assertThat(ids.of("x", "a b")).isEqualTo("x/a_b");
        assertThat(ids.of("x", "a:b")).isEqualTo("x/a_b_2");
        assertThat(ids.of("x", "a_b")).isEqualTo("x/a_b_3");
        assertThat(ids.of("y", "a_b")).isEqualTo("y/a_b");
    }
}
