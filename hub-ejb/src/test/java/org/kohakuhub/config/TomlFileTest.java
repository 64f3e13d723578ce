package org.kohakuhub.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TomlFileTest {
    @Test
    void tables_and_names_are_those_of_the_original() {
        TomlFile file = TomlFile.parse("""
                [s3]
                endpoint = "http://s3:9000"
                force_path_style = false
                [app]
                base_url = "https://hub.example"
                lfs_threshold_bytes = 5_000_000
                cors_origins = ["https://a.example", "https://b.example"]
                [auth]
                invitation_only = true
                [[fallback.sources]]
                url = "https://hf.example"
                priority = 2
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.unknown()).isEmpty();
        assertThat(file.values())
                .containsEntry("kohaku.hub.s3.endpoint", "http://s3:9000")
                .containsEntry("kohaku.hub.s3.force.path.style", "false")
                .containsEntry("kohaku.hub.base.url", "https://hub.example")
                .containsEntry("kohaku.hub.lfs.threshold.bytes", "5000000")
                .containsEntry("kohaku.hub.cors.origins", "https://a.example,https://b.example")
                .containsEntry("kohaku.hub.invitation.only", "true");
        HubConfig config = new HubConfig(
                new Settings(key -> Optional.ofNullable(file.values().get(key.property()))));
        assertThat(config.fallback().sources())
                .singleElement()
                .satisfies(source -> assertThat(source.priority()).isEqualTo(2));
        assertThat(config.web().corsOrigins()).hasSize(2);
    }

    @Test
    void a_misspelt_name_is_told() {
        assertThat(TomlFile.parse("[s3]\nendpiont = \"x\"\n").unknown()).containsExactly("s3.endpiont");
    }

    @Test
    void a_file_that_is_not_toml_is_one_line_with_its_place() {
        assertThat(TomlFile.parse("[s3\nendpoint = 1").problems())
                .singleElement()
                .asString()
                .startsWith("HUB_CONFIG")
                .contains("line 1")
                .doesNotContain("\n");
    }

    @Test
    void a_missing_file_is_named(@TempDir Path folder) {
        assertThat(TomlFile.read(folder.resolve("none.toml")).problems())
                .singleElement()
                .asString()
                .contains("HUB_CONFIG", "none.toml");
    }
}
