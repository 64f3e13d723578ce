package org.kohakuhub.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.common.FilePath;

class ContentTypesTest {
    @ParameterizedTest
    @ValueSource(strings = {"index.html", "a.HTM", "evil.svg", "x.xhtml", "feed.xml", "app.js", "m.mjs", "LICENSE"})
    void what_a_browser_would_run_is_plain_text(String path) {
        assertThat(ContentTypes.of(new FilePath(path))).isEqualTo("text/plain; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource({
        "a/config.json, application/json",
        "a.PNG, image/png",
        "model.safetensors, application/octet-stream",
        "html, text/plain; charset=utf-8",
        "noending, application/octet-stream",
        "a.shtml, application/octet-stream"
    })
    void knows_the_common_kinds(String path, String type) {
        assertThat(ContentTypes.of(new FilePath(path))).isEqualTo(type);
    }
}
