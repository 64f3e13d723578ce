package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClient;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.Shell;
import org.kohakuhub.it.TestRepo;

/** The unmodified git and git-lfs push: what git wrote is what the API sees, and what may not be leaves no trace. */
@Tag("core")
class GitPushIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    private HubUser ann;
    private TestRepo repo;
    private GitClient git;

    @BeforeEach
    void clone_a_repository() {
        ann = hub.newUser();
        repo = ann.newModel();
        git = GitClient.in(home).as(ann);
        git.run("clone", "--quiet", hub.url(repo.web()), "clone");
        git = git.at("clone");
    }

    private String commit(String path, byte[] content) throws IOException {
        Path file = home.resolve("clone").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        git.run("add", path);
        git.run("commit", "--quiet", "-m", "Add " + path);
        return git.run("rev-parse", "HEAD").strip();
    }

    private Shell.Result refused(String why, String... push) {
        String before = repo.refs().toString();
        Shell.Result result = git.attempt(push);
        assertThat(result.status()).as(result.toString()).isNotZero();
        assertThat(result.err()).contains(why);
        assertThat(repo.refs().toString()).isEqualTo(before);
        return result;
    }

    @Test
    void a_pushed_commit_is_the_head_that_the_api_shows() throws IOException {
        String pushed = commit("folder/new.txt", Bytes.utf8("new\n"));
        git.run("push", "--quiet", "origin", "main");

        assertThat(repo.head()).isEqualTo(pushed);
        assertThat(repo.download("main", "folder/new.txt")).isEqualTo(Bytes.utf8("new\n"));
        String next = repo.commit(Operations.commit("By the API").file("api.txt", Bytes.utf8("api\n")));
        git.run("pull", "--quiet");
        assertThat(git.run("rev-parse", "HEAD").strip()).isEqualTo(next);
        assertThat(git.run("fsck", "--full", "--strict").strip()).isEmpty();
    }

    @Test
    void branches_and_tags_are_made_moved_and_removed() throws IOException {
        String base = repo.head();
        git.run("checkout", "--quiet", "-b", "dev");
        String first = commit("dev.txt", Bytes.utf8("1"));
        git.run("tag", "-a", "v1", "-m", "version one");
        git.run("push", "--quiet", "--atomic", "origin", "dev", "v1", base + ":refs/heads/old");
        assertThat(git.run("ls-remote", "origin", "refs/tags/v1^{}")).startsWith(first);
        assertThat(repo.refs().toString()).contains("\"dev\"", "\"v1\"", "\"old\"", first);

        git.run("commit", "--quiet", "--amend", "-m", "Rewritten");
        refused("non-fast-forward", "push", "origin", "dev");
        git.run("push", "--quiet", "--force", "origin", "dev");
        git.run("push", "--quiet", "origin", ":old", ":v1");
        assertThat(git.run("ls-remote", "origin"))
                .contains(git.run("rev-parse", "HEAD").strip())
                .doesNotContain("refs/heads/old", "refs/tags/v1");
    }

    @Test
    void who_was_overtaken_has_to_fetch_first() throws IOException {
        commit("mine.txt", Bytes.utf8("mine"));
        repo.commit(Operations.commit("Faster").file("theirs.txt", Bytes.utf8("theirs")));

        refused("fetch first", "push", "origin", "main");

        git.run("pull", "--quiet", "--rebase");
        git.run("push", "--quiet", "origin", "main");
        assertThat(repo.download("main", "mine.txt")).isEqualTo(Bytes.utf8("mine"));
    }

    @Test
    void a_file_too_long_for_git_is_refused_by_its_name() throws IOException {
        commit("models/weights.txt", Bytes.random(6_000_000, 1));
        Shell.Result push = refused("models/weights.txt has 6000000 bytes", "push", "origin", "main");
        assertThat(push.err()).contains("git lfs track \"models/weights.txt\"", "[remote rejected]");
    }

    @Test
    void an_lfs_file_is_pushed_with_its_pointer_and_comes_back_the_same() throws IOException {
        byte[] content = Bytes.random(7_000_000, 2);
        git.run("lfs", "install", "--local");
        commit("weights.safetensors", content);
        git.run("push", "--quiet", "origin", "main");

        assertThat(repo.entry("weights.safetensors").getJsonObject("lfs").getInt("size"))
                .isEqualTo(content.length);
        assertThat(repo.download("main", "weights.safetensors")).isEqualTo(content);
        GitClient other = GitClient.in(home);
        other.run("clone", "--quiet", hub.url(repo.web()), "other");
        other.at("other").run("lfs", "pull");
        assertThat(Files.readAllBytes(home.resolve("other/weights.safetensors")))
                .isEqualTo(content);
    }

    /** Knowing a hash is no right: not over git either. */
    @Test
    void a_pointer_to_what_this_repository_never_got_is_refused() throws IOException {
        byte[] content = Bytes.random(100_000, 3);
        hub.newUser().newModel().commitLfs("theirs.bin", content);
        commit(
                "stolen.bin",
                Bytes.utf8("version https://git-lfs.github.com/spec/v1\noid sha256:" + Bytes.sha256(content)
                        + "\nsize 100000\n"));
        refused("stolen.bin: its LFS object", "push", "--no-verify", "origin", "main");
    }

    @Test
    void all_or_nothing_means_it() throws IOException {
        String base = repo.head();
        commit("ok.txt", Bytes.utf8("ok"));
        git.run("branch", "big");
        git.run("checkout", "--quiet", "big");
        commit("big.txt", Bytes.random(6_000_000, 4));
        refused("big.txt has 6000000 bytes", "push", "--atomic", "origin", "main", "big");
        assertThat(repo.head()).isEqualTo(base);
    }

    @Test
    void only_branches_and_tags_can_be_pushed_and_the_default_branch_stays() throws IOException {
        commit("x.txt", Bytes.utf8("x"));
        refused("only branches and tags", "push", "origin", "HEAD:refs/pr/1");
        refused("only branches and tags", "push", "origin", "HEAD:refs/hub/x");
        refused("the default branch cannot be deleted", "push", "origin", ":main");
    }

    @Test
    void who_may_not_write_may_not_push() throws IOException {
        commit("x.txt", Bytes.utf8("x"));
        String url = hub.url(repo.web());
        String before = repo.head();
        GitClient stranger = GitClient.in(home).as(hub.newUser()).at("clone");
        assertThat(stranger.attempt("push", url, "main").err()).contains("403");
        assertThat(GitClient.in(home).at("clone").attempt("push", url, "main").status())
                .isNotZero();
        assertThat(repo.head()).isEqualTo(before);
    }

    @Test
    void a_member_may_push_but_not_rewrite_the_default_branch() throws IOException {
        HubUser bob = hub.newUser();
        String organization = ann.newOrganization();
        ann.admit(organization, bob, "member");
        repo = ann.newRepo("model", organization, false);
        git = GitClient.in(home).as(bob);
        git.run("clone", "--quiet", hub.url(repo.web()), "shared");
        git = git.at("shared");
        Files.writeString(home.resolve("shared/x.txt"), "x");
        git.run("add", "x.txt");
        git.run("commit", "--quiet", "-m", "x");
        git.run("push", "--quiet", "origin", "main");
        git.run("commit", "--quiet", "--amend", "-m", "y");
        refused("only those who manage the repository", "push", "--force", "origin", "main");
        GitClient.in(home).as(ann).at("shared").run("push", "--quiet", "--force", "origin", "main");
        assertThat(repo.head()).isEqualTo(git.run("rev-parse", "HEAD").strip());
    }

    @Test
    void what_would_hurt_whoever_clones_it_is_refused() {
        String readme = git.run("rev-parse", "HEAD:.gitattributes").strip();
        for (String name : new String[] {".git", ".GIT", "git~1", "..", ".git\u200c"}) {
            String tree = mktree("100644 blob " + readme + "\t" + name + "\n");
            String evil =
                    git.run("commit-tree", "-p", "HEAD", "-m", "evil", tree).strip();
            refused("", "push", "origin", evil + ":refs/heads/evil");
        }
    }

    private String mktree(String entries) {
        try {
            Path list = home.resolve("tree");
            Files.writeString(list, entries);
            return Shell.in(home.resolve("clone"))
                    .run("sh", "-c", "git mktree < " + list)
                    .strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
