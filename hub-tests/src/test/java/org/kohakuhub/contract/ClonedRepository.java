package org.kohakuhub.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Tests that begin with a new repository of Ann's, and her clone of it. */
abstract class ClonedRepository {
    static final RunningHub hub = RunningHub.shared();
    static final HubUser ann = hub.newUser();

    @TempDir
    Path home;

    TestRepo repo;
    GitClone work;

    @BeforeEach
    void clone_a_repository() {
        repo = ann.newModel();
        work = GitClone.of(repo, home, "clone");
    }

    /** A new clone of whoever comes by. */
    GitClone visit(String name, String... options) {
        return GitClone.visit(repo, home, name, options);
    }

    /** Pushes so many commits, of one short file each. */
    void history(int commits) {
        for (int i = 1; i <= commits; i++) {
            work.commit("file-" + i + ".txt", "content " + i);
        }
        work.push("main");
    }
}
