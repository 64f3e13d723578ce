package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.HfClient;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** git-lfs with the agent that {@code hf lfs-enable-largefiles} gives it: long files go to the object store in parts. */
class GitLfsAgentIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"1.33.0", "2.0.0"})
    void a_long_file_and_a_short_one_are_pushed_in_parts(String version) {
        HubUser ann = hub.newUser();
        TestRepo repo = ann.newModel();
        HfClient client = ann.client(version, home);
        GitClone clone = GitClone.of(repo, home, "clone");
        clone.run("lfs", "install", "--local");
        client.hf("lfs-enable-largefiles", clone.folder().toString());
        byte[] content = Bytes.random((int) RunningHub.MULTIPART_BYTES + 5, 1);
        clone.commit("long.bin", content);
        clone.commit("short.bin", Bytes.random(3_000, 2));

        String said = clone.with("PATH", client.programs() + ":" + System.getenv("PATH"))
                .with("GIT_TRACE", "1")
                .attempt("push", "origin", "main")
                .err();

        assertThat(said).contains("hf lfs-multipart-upload", "\"chunk_size\"");
        assertThat(repo.head()).isEqualTo(clone.id("HEAD"));
        assertThat(repo.download("main", "long.bin")).isEqualTo(content);
        assertThat(repo.download("main", "short.bin")).isEqualTo(Bytes.random(3_000, 2));
    }
}
