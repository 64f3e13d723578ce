package org.kohakuhub.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.HfClient;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;

/** Every call of the unmodified {@code HfApi} about files, commits and weights, as it succeeds and as it fails. */
class FileMethodsIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    private final HubUser ann = hub.newUser();

    private void run(HfClient client, String script) {
        ClientCases.run(client, home, script, ann.name(), hub.newUser().token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.33.0", "2.0.0", "2.4.0"})
    void files(String version) {
        run(ann.client(version, home), "files.py");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.33.0", "2.0.0", "2.4.0"})
    void weights(String version) {
        run(ann.client(version, home), "weights.py");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.33.0", "2.0.0", "2.4.0"})
    void contents_by_xet(String version) {
        run(ann.client(version, home).withXet(), "with_xet.py");
    }
}
