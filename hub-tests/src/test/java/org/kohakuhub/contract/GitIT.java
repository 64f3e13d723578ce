package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClient;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.Shell;
import org.kohakuhub.it.TestRepo;

/** The unmodified git and git-lfs: what the API wrote is what git sees. */
@Tag("core")
class GitIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    private static TestRepo filled(HubUser ann, String type) {
        TestRepo repo = ann.newRepo(type, false);
        repo.commitFile("a.txt", Bytes.utf8("one\n"));
        repo.commit(Operations.commit("Two")
                .file("dir with space/ünï+#%.txt", Bytes.utf8("two\n"))
                .file("a.txt", Bytes.utf8("changed\n")));
        return repo;
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "dataset", "space", "kernel"})
    void a_clone_is_at_the_api_s_commit_and_whole(String type) throws IOException {
        TestRepo repo = filled(hub.newUser(), type);
        GitClient git = GitClient.in(home);
        for (String suffix : new String[] {"", ".git"}) {
            String folder = "clone" + suffix;
            git.run("clone", "--quiet", hub.url(repo.web() + suffix), folder);
            assertThat(git.at(folder).run("rev-parse", "HEAD").strip()).isEqualTo(repo.head());
            assertThat(git.at(folder).run("fsck", "--full", "--strict").strip()).isEmpty();
            assertThat(home.resolve(folder).resolve("a.txt")).hasContent("changed\n");
            assertThat(home.resolve(folder).resolve("dir with space/ünï+#%.txt"))
                    .hasContent("two\n");
            assertThat(git.at(folder).run("log", "-1", "--format=%s").strip()).isEqualTo("Two");
        }
    }

    @ParameterizedTest(name = "protocol {0}")
    @ValueSource(strings = {"0", "1", "2"})
    void a_repository_without_files_is_cloned_too(String version) {
        TestRepo repo = hub.newUser().newModel();
        repo.commit(Operations.commit("Remove the only file").deletedFile(".gitattributes"));
        GitClient git = GitClient.in(home);
        git.run("-c", "protocol.version=" + version, "clone", "--quiet", hub.url(repo.web()), "clone");
        assertThat(git.at("clone").run("rev-parse", "HEAD")).isEqualTo(repo.head());
        assertThat(git.at("clone").run("ls-files")).isEmpty();
        assertThat(git.at("clone").run("status", "--short", "--branch")).isEqualTo("## main...origin/main");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2"})
    void every_version_of_the_protocol_is_spoken(String version) {
        TestRepo repo = filled(hub.newUser(), "model");
        GitClient git = GitClient.in(home);
        git.run("-c", "protocol.version=" + version, "clone", "--quiet", hub.url(repo.web()), "clone");
        assertThat(git.at("clone").run("rev-parse", "HEAD").strip()).isEqualTo(repo.head());
    }

    /** The manual gitprotocol-v2: a client offers version 2 in the header {@code Git-Protocol}; others get version 0. */
    @Test
    void version_2_is_spoken_with_a_client_that_offers_it() {
        TestRepo repo = filled(hub.newUser(), "model");
        String info = repo.web() + "/info/refs?service=git-upload-pack";
        for (String offer : new String[] {"version=2", "key=value:version=2", "version=1:version=2"}) {
            Answer offered =
                    hub.anonymous().with("Git-Protocol", offer).get(info).expect(200);
            assertThat(offered.text()).as(offer).contains("version 2").doesNotContain(repo.head());
        }
        for (String offer : new String[] {"version=1", "version=99", ":::", "no version"}) {
            Answer old = hub.anonymous().with("Git-Protocol", offer).get(info).expect(200);
            assertThat(old.text()).as(offer).contains(repo.head() + " refs/heads/main");
        }
        assertThat(hub.anonymous().get(info).expect(200).text()).contains(repo.head() + " refs/heads/main");

        GitClient git = GitClient.in(home);
        git.run("init", "--quiet", "clone");
        Shell.Result fetch = git.at("clone")
                .with("GIT_TRACE_PACKET", "1")
                .attempt("-c", "protocol.version=2", "fetch", hub.url(repo.web()), "main");
        assertThat(fetch.err())
                .contains("< version 2", "> command=ls-refs", "> ref-prefix refs/heads/main", "> command=fetch");
        assertThat(git.at("clone").run("rev-parse", "FETCH_HEAD").strip()).isEqualTo(repo.head());
    }

    @Test
    void clones_may_be_shallow_or_partial_and_deepened_later() {
        TestRepo repo = filled(hub.newUser(), "model");
        GitClient git = GitClient.in(home);
        git.run("clone", "--quiet", "--depth", "1", hub.url(repo.web()), "shallow");
        assertThat(git.at("shallow").run("rev-list", "--count", "HEAD").strip()).isEqualTo("1");
        git.at("shallow").run("fetch", "--quiet", "--unshallow");
        assertThat(git.at("shallow").run("rev-list", "--count", "HEAD").strip()).isEqualTo("3");
        git.run("clone", "--quiet", "--no-checkout", "--filter=blob:none", hub.url(repo.web()), "partial");
        assertThat(git.at("partial").run("rev-list", "--objects", "--all", "--missing=print"))
                .contains("?");
        git.at("partial").run("checkout", "--quiet", "main"); // fetches what it needs
        assertThat(home.resolve("partial/a.txt")).hasContent("changed\n");
    }

    @Test
    void a_fetch_brings_what_the_api_committed_since() {
        TestRepo repo = filled(hub.newUser(), "model");
        GitClient git = GitClient.in(home);
        git.run("clone", "--quiet", hub.url(repo.web()), "clone");
        String next = repo.commitFile("b.txt", Bytes.utf8("later\n"));
        git.at("clone").run("pull", "--quiet", "--ff-only");
        assertThat(git.at("clone").run("rev-parse", "HEAD").strip()).isEqualTo(next);
    }

    @Test
    void lfs_objects_come_by_plain_git_lfs() throws IOException {
        TestRepo repo = hub.newUser().newModel();
        byte[] content = Bytes.random(12_345_678, 7);
        repo.commitLfs("weights.bin", content);
        GitClient git = GitClient.in(home);
        git.run("clone", "--quiet", hub.url(repo.web()), "clone");
        assertThat(Files.readAllBytes(home.resolve("clone/weights.bin"))).isEqualTo(Bytes.pointer(content));
        git.at("clone").run("lfs", "pull");
        assertThat(Files.readAllBytes(home.resolve("clone/weights.bin"))).isEqualTo(content);
        assertThat(git.at("clone").run("status", "--porcelain").strip()).isEmpty();
    }

    @Test
    void a_private_repository_challenges_and_then_opens_for_its_owner() throws IOException {
        HubUser ann = hub.newUser();
        TestRepo repo = ann.newPrivateModel();
        byte[] content = Bytes.random(100_000, 8);
        repo.commitLfs("weights.bin", content);
        String info = repo.web() + "/info/refs?service=git-upload-pack";
        Answer challenge = hub.anonymous().get(info).expect(401);
        assertThat(challenge.header("WWW-Authenticate")).startsWith("Basic realm=");
        Answer stranger = hub.newUser().http().get(info).expect(404);
        assertThat(stranger.header("X-Error-Code")).isEqualTo("RepoNotFound");
        assertThat(GitClient.in(home)
                        .attempt("clone", hub.url(repo.web()), "no")
                        .status())
                .isNotZero();
        GitClient git = GitClient.in(home).as(ann);
        git.run("clone", "--quiet", hub.url(repo.web()), "clone");
        git.at("clone").run("lfs", "pull");
        assertThat(Files.readAllBytes(home.resolve("clone/weights.bin"))).isEqualTo(content);
    }
}
