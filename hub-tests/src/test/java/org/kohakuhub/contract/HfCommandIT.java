package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.HfClient;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;

/**
 * The {@code hf} command line: every command of these versions is run, save those that ask other hosts and the two that
 * {@link GitLfsAgentIT} has.
 */
class HfCommandIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    private final HubUser ann = hub.newUser();

    @ParameterizedTest
    @ValueSource(strings = {"1.33.0", "2.0.0", "2.4.0"})
    void the_commands_do_what_they_say(String version) {
        ClientCases.run(
                ann.client(version, home).withXet(),
                home,
                "command_line.py",
                ann.name(),
                hub.newUser().token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.33.0", "2.0.0", "2.4.0"})
    void what_only_the_hosted_service_has_ends_with_a_reason(String version) {
        ClientCases.run(ann.client(version, home), home, "hosted_commands.py", ann.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.33.0", "2.0.0", "2.4.0"})
    void the_program_itself_starts(String version) {
        HfClient client = ann.client(version, home);
        assertThat(client.hf("auth", "whoami")).contains(ann.name());
    }
}
