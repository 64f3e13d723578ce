package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.kohakuhub.it.HfClient;

/**
 * Scripts of many small cases that run in one process of the client. The folder {@code clients} of the resources has
 * them; {@code cases.py} there tells each case's name and how it ended.
 */
final class ClientCases {
    /** What scripts import. */
    private static final List<String> MODULES = List.of("cases.py", "commands.py", "command_list.py");

    private ClientCases() {}

    /** Runs all cases of a script; what it prints names those that failed. */
    static void run(HfClient client, Path home, String script, String... arguments) {
        try {
            for (String module : MODULES) {
                Files.writeString(home.resolve(module), text(module));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String said = client.run(text(script), arguments);
        String[] lines = said.split("\n");
        assertThat(lines[lines.length - 1]).matches("([1-9]\\d*) of \\1 cases passed");
    }

    private static String text(String name) {
        try (InputStream script =
                Objects.requireNonNull(ClientCases.class.getResourceAsStream("clients/" + name), name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
