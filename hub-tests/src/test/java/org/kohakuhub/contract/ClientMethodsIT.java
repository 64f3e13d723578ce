package org.kohakuhub.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;

/**
 * Every call of the unmodified {@code HfApi} about repositories, as it succeeds and as it fails: the error is the one
 * that the client makes of the hub's answer. What only the hosted service has is refused. {@link FileMethodsIT} has the
 * calls about files.
 */
class ClientMethodsIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    private void run(String version, String script) {
        HubUser ann = hub.newUser();
        ClientCases.run(
                ann.client(version, home),
                home,
                script,
                ann.name(),
                hub.newUser().token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.33.0", "2.0.0", "2.4.0"})
    void repositories(String version) {
        run(version, "repositories.py");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.33.0", "2.0.0", "2.4.0"})
    void what_the_hosted_service_has_is_refused(String version) {
        run(version, "hosted.py");
    }
}
