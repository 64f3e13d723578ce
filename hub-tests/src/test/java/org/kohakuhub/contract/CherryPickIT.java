package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
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

/** One commit's changes made on another branch: as {@code git cherry-pick -x} would. */
class CherryPickIT {
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
        send(ann.http(), "/branch/dev", "{}").expect(200);
    }

    private Answer send(HubHttp http, String path, String body) {
        return http.send("POST", repo.api() + path, "application/json", Bytes.utf8(body));
    }

    private Answer pick(String branch, JsonObject body) {
        return send(ann.http(), "/branch/" + branch + "/cherry-pick", body.toString());
    }

    private static JsonObject ref(String commit) {
        return Json.createObjectBuilder().add("ref", commit).build();
    }

    private String commit(String branch, String path, String content) {
        return repo.commitAnswer(branch, Operations.commit("Change " + path).file(path, Bytes.utf8(content)))
                .expect(200)
                .json()
                .getString("commitOid");
    }

    private String text(String branch, String path) {
        return new String(repo.download(branch, path), StandardCharsets.UTF_8);
    }

    private GitClient cloned() {
        GitClient git = GitClient.in(home);
        git.run("clone", "--quiet", hub.url(repo.web()), "clone");
        return git.at("clone");
    }

    @Test
    void one_commit_of_another_branch_is_made_here_and_no_other() {
        commit("dev", "before.txt", "before\n");
        String wanted = commit("dev", "shared.txt", "1\n2\n3\n4\nfive\n");
        commit("dev", "after.txt", "after\n");
        String ours = commit("main", "shared.txt", "one\n2\n3\n4\n5\n");

        JsonObject answer = pick("main", ref(wanted)).expect(200).json();

        assertThat(answer.getBoolean("success")).isTrue();
        assertThat(answer.getString("new_commit_id")).isEqualTo(repo.head());
        assertThat(text("main", "shared.txt")).isEqualTo("one\n2\n3\n4\nfive\n");
        GitClient clone = cloned();
        assertThat(clone.run("ls-files").lines()).doesNotContain("before.txt", "after.txt");
        assertThat(clone.run("log", "-1", "--format=%P").strip()).isEqualTo(ours);
        assertThat(clone.run("log", "-1", "--format=%B").strip())
                .isEqualTo("Change shared.txt\n\n(cherry picked from commit " + wanted + ")");
        assertThat(clone.run("fsck", "--full", "--strict").strip()).isEmpty();
    }

    @Test
    void what_is_there_already_changes_nothing() {
        String wanted = commit("dev", "new.txt", "new\n");
        String first = pick("main", ref(wanted)).expect(200).json().getString("new_commit_id");
        assertThat(pick("main", ref(wanted)).expect(200).json().getString("new_commit_id"))
                .isEqualTo(first);
    }

    @Test
    void a_conflict_names_its_files_and_changes_nothing() {
        String wanted = commit("dev", "shared.txt", "dev\n");
        String ours = commit("main", "shared.txt", "main\n");
        Answer conflict = pick("main", ref(wanted));
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.json().getString("error")).contains("shared.txt");
        assertThat(repo.head()).isEqualTo(ours);
    }

    @Test
    void of_a_merge_the_side_is_named() {
        commit("dev", "theirs.txt", "theirs\n");
        send(ann.http(), "/branch/side", "{}").expect(200);
        commit("main", "ours.txt", "ours\n");
        String merge = send(ann.http(), "/merge/dev/into/main", "{}")
                .expect(200)
                .json()
                .getString("commit_id");

        assertThat(pick("side", ref(merge)).status()).isEqualTo(400);
        pick(
                        "side",
                        Json.createObjectBuilder(ref(merge))
                                .add("parent_number", 3)
                                .build())
                .expect(400);
        pick(
                        "side",
                        Json.createObjectBuilder(ref(merge))
                                .add("parent_number", 1)
                                .add("message", "Take theirs")
                                .build())
                .expect(200);
        assertThat(text("side", "theirs.txt")).isEqualTo("theirs\n");
        assertThat(ann.http().get(repo.api() + "/commits/side").text()).contains("Take theirs");
        assertThat(ann.http().get(repo.api() + "/tree/side").text()).doesNotContain("ours.txt");
    }

    @Test
    void whoever_may_not_write_may_not_pick() {
        String wanted = commit("dev", "new.txt", "new\n");
        String path = "/branch/main/cherry-pick";
        String before = repo.head();
        assertThat(send(hub.newUser().http(), path, ref(wanted).toString()).status())
                .isEqualTo(403);
        assertThat(send(hub.anonymous(), path, ref(wanted).toString()).status()).isEqualTo(401);
        assertThat(pick("main", ref("0".repeat(40))).status()).isEqualTo(404);
        assertThat(pick("none", ref(wanted)).status()).isEqualTo(404);
        assertThat(pick("main", Json.createObjectBuilder().build()).status()).isEqualTo(400);
        assertThat(repo.head()).isEqualTo(before);
    }
}
