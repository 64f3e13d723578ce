package org.kohakuhub.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;

/** {@code HfFileSystem} over repositories; {@link BucketClientIT} has it over buckets. */
class FileSystemIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"1.33.0", "2.0.0"})
    void repositories_are_folders(String version) {
        HubUser ann = hub.newUser();
        ClientCases.run(
                ann.client(version, home),
                home,
                "file_system.py",
                ann.name(),
                hub.newUser().token());
    }

    @Test
    void pandas_reads_and_writes_tables_of_the_hub() {
        HubUser ann = hub.newUser();
        ClientCases.run(
                ann.datasets("5.2.0", home),
                home,
                "tables.py",
                ann.name(),
                hub.newUser().token());
    }
}
