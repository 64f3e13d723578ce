package org.kohakuhub.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;

/** The unmodified transformers, without PyTorch: what it pushes, finds by name and revision, and says of refusals. */
class TransformersIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final String VERSION = "5.24.0";

    @TempDir
    Path home;

    @Test
    void what_was_pushed_is_loaded_by_its_name() {
        HubUser ann = hub.newUser();
        ClientCases.run(
                ann.transformers(VERSION, home),
                home,
                "pretrained.py",
                ann.name(),
                hub.newUser().token());
    }
}
