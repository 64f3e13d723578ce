package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClient;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Merge, revert, reset and squash: what the API does is what git sees. */
@Tag("core")
class BranchEditsIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    private HubUser ann;
    private TestRepo repo;

    @BeforeEach
    void a_repository_with_two_branches() {
        ann = hub.newUser();
        repo = ann.newModel();
        repo.commit(Operations.commit("Base").file("shared.txt", Bytes.utf8("1\n2\n3\n4\n5\n")));
        post("/branch/dev", Json.createObjectBuilder().build()).expect(200);
    }

    private Answer post(String path, JsonObject body) {
        return post(ann.http(), path, body);
    }

    private Answer post(HubHttp http, String path, JsonObject body) {
        return http.send("POST", repo.api() + path, "application/json", Bytes.utf8(body.toString()));
    }

    private String commit(String branch, String path, String content) {
        return repo.commitAnswer(branch, Operations.commit("Change " + path).file(path, Bytes.utf8(content)))
                .expect(200)
                .json()
                .getString("commitOid");
    }

    private static JsonObject with(String name, String value) {
        return Json.createObjectBuilder().add(name, value).build();
    }

    private GitClient clone(String branch) {
        GitClient git = GitClient.in(home);
        git.run("clone", "--quiet", "--branch", branch, hub.url(repo.web()), "clone");
        GitClient clone = git.at("clone");
        assertThat(clone.run("fsck", "--full", "--strict").strip()).isEmpty();
        return clone;
    }

    private String text(String branch, String path) {
        return new String(repo.download(branch, path), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void a_merge_joins_both_histories_and_the_lines_of_a_file() {
        String theirs = commit("dev", "shared.txt", "one\n2\n3\n4\n5\n");
        String ours = commit("main", "shared.txt", "1\n2\n3\n4\nfive\n");

        JsonObject answer = post(
                        "/merge/dev/into/main", Json.createObjectBuilder().build())
                .expect(200)
                .json();

        assertThat(answer.getBoolean("success")).isTrue();
        assertThat(answer.getJsonObject("result").getString("reference")).isEqualTo(repo.head());
        assertThat(text("main", "shared.txt")).isEqualTo("one\n2\n3\n4\nfive\n");
        assertThat(clone("main").run("log", "-1", "--format=%P").strip()).isEqualTo(ours + " " + theirs);
    }

    @Test
    void a_conflict_names_the_file_and_changes_nothing_unless_one_side_is_preferred() {
        commit("dev", "shared.txt", "dev\n");
        commit("dev", "only-dev.txt", "dev\n");
        commit("main", "shared.txt", "main\n");
        String before = repo.head();

        Answer conflict =
                post("/merge/dev/into/main", Json.createObjectBuilder().build());
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.json().getString("error")).contains("shared.txt");
        assertThat(repo.head()).isEqualTo(before);

        post("/merge/dev/into/main", with("strategy", "dest-wins")).expect(200);
        assertThat(text("main", "shared.txt")).isEqualTo("main\n");
        assertThat(text("main", "only-dev.txt")).isEqualTo("dev\n");
        commit("dev", "shared.txt", "dev again\n");
        post("/merge/dev/into/main", with("strategy", "source-wins")).expect(200);
        assertThat(text("main", "shared.txt")).isEqualTo("dev again\n");
        assertThat(post("/merge/dev/into/main", with("strategy", "mine")).status())
                .isEqualTo(400);
    }

    @Test
    void what_is_merged_already_changes_nothing() {
        commit("main", "new.txt", "new\n");
        String before = repo.head();
        post("/merge/dev/into/main", Json.createObjectBuilder().build()).expect(200);
        assertThat(repo.head()).isEqualTo(before);
    }

    @Test
    void a_squashed_merge_leaves_the_other_history_out() {
        commit("dev", "a.txt", "a\n");
        commit("dev", "b.txt", "b\n");
        String before = repo.head();
        post(
                        "/merge/dev/into/main",
                        Json.createObjectBuilder().add("squash_merge", true).build())
                .expect(200);
        assertThat(text("main", "b.txt")).isEqualTo("b\n");
        assertThat(clone("main").run("log", "-1", "--format=%P").strip()).isEqualTo(before);
    }

    @Test
    void a_revert_takes_one_commit_back_and_keeps_what_came_after() {
        String wrong = commit("main", "shared.txt", "wrong\n2\n3\n4\n5\n");
        commit("main", "later.txt", "later\n");

        String head = post("/branch/main/revert", with("ref", wrong))
                .expect(200)
                .json()
                .getString("new_commit_id");

        assertThat(head).isEqualTo(repo.head());
        assertThat(text("main", "shared.txt")).isEqualTo("1\n2\n3\n4\n5\n");
        assertThat(text("main", "later.txt")).isEqualTo("later\n");
        commit("main", "shared.txt", "other\n");
        Answer conflict = post("/branch/main/revert", with("ref", head));
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(post("/branch/main/revert", with("ref", "0".repeat(40))).status())
                .isEqualTo(404);
    }

    @Test
    void a_merge_is_reverted_by_naming_the_side_that_stays() {
        commit("dev", "dev.txt", "dev\n");
        commit("main", "main.txt", "main\n");
        post("/merge/dev/into/main", Json.createObjectBuilder().build()).expect(200);
        String merge = repo.head();

        assertThat(post("/branch/main/revert", with("ref", merge)).status()).isEqualTo(400);
        post(
                        "/branch/main/revert",
                        Json.createObjectBuilder()
                                .add("ref", merge)
                                .add("parent_number", 1)
                                .build())
                .expect(200);

        assertThat(clone("main").run("ls-files")).contains("main.txt").doesNotContain("dev.txt");
    }

    @Test
    void a_reset_gives_old_files_as_a_new_commit() {
        String old = repo.head();
        commit("main", "shared.txt", "new\n");
        commit("main", "more.txt", "more\n");
        assertThat(post("/branch/main/reset", with("ref", old)).status()).isEqualTo(400);

        post(
                        "/branch/main/reset",
                        Json.createObjectBuilder()
                                .add("ref", old)
                                .add("force", true)
                                .build())
                .expect(200);

        GitClient clone = clone("main");
        assertThat(clone.run("diff", "--stat", old, "HEAD").strip()).isEmpty();
        assertThat(clone.run("log", "--format=%s")).contains("Change more.txt");
    }

    @Test
    void a_squash_makes_one_commit_of_a_branch_and_leaves_the_others() {
        commit("main", "a.txt", "a\n");
        String dev = commit("dev", "d.txt", "d\n");
        post("/super-squash/main", with("message", "All at once")).expect(200);

        GitClient clone = clone("main");
        assertThat(clone.run("log", "--format=%s").strip()).isEqualTo("All at once");
        assertThat(clone.run("ls-files")).contains("a.txt", "shared.txt");
        assertThat(clone.run("rev-parse", "origin/dev").strip()).isEqualTo(dev);
        ann.http()
                .send(
                        "POST",
                        "/api/repos/squash",
                        "application/json",
                        Bytes.utf8("{\"repo\":\"" + repo.id() + "\",\"type\":\"model\"}"))
                .expect(200);
    }

    @Test
    void only_who_may_write_merges_and_only_who_manages_resets_the_default_branch() {
        String before = repo.head();
        commit("dev", "x.txt", "x\n");
        HubHttp stranger = hub.newUser().http();
        JsonObject nothing = Json.createObjectBuilder().build();
        for (HubHttp http : new HubHttp[] {stranger, ann.readOnly()}) {
            assertThat(post(http, "/merge/dev/into/main", nothing).status()).isEqualTo(403);
            assertThat(post(http, "/branch/main/revert", with("ref", before)).status())
                    .isEqualTo(403);
            assertThat(post(http, "/super-squash/main", nothing).status()).isEqualTo(403);
        }
        HubUser bob = hub.newUser();
        String organization = ann.newOrganization();
        ann.admit(organization, bob, "member");
        repo = ann.newRepo("model", organization, false);
        String first = repo.head();
        repo.commit(Operations.commit("More").file("m.txt", Bytes.utf8("m")));
        JsonObject reset =
                Json.createObjectBuilder().add("ref", first).add("force", true).build();
        assertThat(post(bob.http(), "/branch/main/reset", reset).status()).isEqualTo(403);
        assertThat(post(bob.http(), "/super-squash/main", nothing).status()).isEqualTo(403);
        assertThat(post(bob.http(), "/branch/main/revert", with("ref", repo.head()))
                        .status())
                .isEqualTo(200);
    }
}
