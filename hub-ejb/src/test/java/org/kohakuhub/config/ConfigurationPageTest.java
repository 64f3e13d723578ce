package org.kohakuhub.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
    @Test
    void the_table_lists_every_key_with_its_name_in_the_file_and_its_default() throws Exception {
        Pattern row = Pattern.compile("\\| `([A-Z0-9_]+)` \\| `([^`]+)` \\| (?:`([^`]*)`)? ?\\|.*");
        List<String> listed = Files.readString(Path.of("../docs/configuration.md"))
                .lines()
                .map(row::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1)
                        + ' '
                        + matcher.group(2)
                        + ' '
                        + (matcher.group(3) == null ? "" : matcher.group(3)))
                .toList();

        assertThat(listed)
                .containsExactlyElementsOf(Arrays.stream(Key.values())
                        .map(key -> key.name() + ' ' + key.toml() + ' ' + key.byDefault())
                        .toList());
    }
}
