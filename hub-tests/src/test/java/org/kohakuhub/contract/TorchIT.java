package org.kohakuhub.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;

/** The unmodified transformers and diffusers with PyTorch: weights that they push they load again. */
class TorchIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final String VERSION = "2.15.0";

    @TempDir
    Path home;

    @Test
    void models_and_pipelines_are_loaded_by_name_and_revision() {
        HubUser ann = hub.newUser();
        ClientCases.run(
                ann.torch(VERSION, home).withXet(),
                home,
                "torch_models.py",
                ann.name(),
                hub.newUser().token());
    }
}
