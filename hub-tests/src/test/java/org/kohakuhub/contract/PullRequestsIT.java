package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.HfClient;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Pull requests by strangers: through the client, by git, and what they may not do. */
class PullRequestsIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    private final HubUser ann = hub.newUser();
    private final HubUser bob = hub.newUser();
    private final TestRepo repo = ann.newModel();

    @BeforeEach
    void a_repository_with_a_file() {
        repo.commitFile("shared.txt", Bytes.utf8("1\n2\n3\n"));
    }

    private Answer propose(HubHttp http, String revision, Operations operations) {
        return http.send(
                "POST", repo.api() + "/commit/" + revision + "?create_pr=1", "application/x-ndjson", operations.body());
    }

    private Answer commit(HubUser who, int num, String path, String content) {
        Operations operations = Operations.commit("Change " + path).file(path, Bytes.utf8(content));
        return repo.commitAs(who.http(), "refs/pr/" + num, operations);
    }

    private JsonObject details(int num) {
        return ann.http()
                .get(repo.api() + "/discussions/" + num + "?diff=1")
                .expect(200)
                .json();
    }

    private Answer status(HubUser who, int num, String status) {
        JsonObject body = Json.createObjectBuilder().add("status", status).build();
        return who.http().post(repo.api() + "/discussions/" + num + "/status", body);
    }

    private Answer merge(HubUser who, int num) {
        return who.http().post(repo.api() + "/discussions/" + num + "/merge");
    }

    @Tag("core")
    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.33.0"})
    void a_stranger_proposes_and_the_owner_merges(String version) {
        HfClient client = bob.client(version, home).withXet();
        client.run("""
                import os, sys
                from huggingface_hub import HfApi, CommitOperationAdd, hf_hub_download
                from huggingface_hub.errors import HfHubHTTPError
                api, repo = HfApi(), sys.argv[1]
                open("weights.bin", "wb").write(os.urandom(300_000))
                try:
                    api.upload_file(repo_id=repo, path_in_repo="a.txt", path_or_fileobj=b"a")
                    raise SystemExit("a stranger must not commit")
                except HfHubHTTPError as e:
                    assert e.response.status_code == 403, e
                made = api.create_commit(repo, [
                    CommitOperationAdd("weights.bin", "weights.bin"), CommitOperationAdd("shared.txt", b"1\\n2\\nthree\\n")],
                    commit_message="Better lines", commit_description="Because.", create_pr=True)
                assert made.pr_num == 1 and made.pr_revision == "refs/pr/1" and made.pr_url.endswith("/discussions/1"), made
                assert api.repo_info(repo, revision="refs/pr/1").sha == made.oid
                assert open(hf_hub_download(repo, "weights.bin", revision="refs/pr/1"), "rb").read() == open("weights.bin", "rb").read()
                assert "weights.bin" not in api.list_repo_files(repo)
                api.upload_file(repo_id=repo, path_in_repo="b.txt", path_or_fileobj=b"b\\n", revision="refs/pr/1",
                                commit_message="And b")
                d = api.get_discussion_details(repo, 1)
                assert d.is_pull_request and d.status == "open" and d.title == "Better lines" and d.author == sys.argv[2]
                assert d.target_branch == "refs/heads/main" and d.git_reference == "refs/pr/1" and not d.conflicting_files
                assert [e.type for e in d.events] == ["comment", "commit", "commit"], d.events
                assert d.events[0].content == "Because." and d.events[1].oid == made.oid and d.events[2].summary == "And b"
                assert "+three" in d.diff and "diff --git a/b.txt b/b.txt" in d.diff and "weights.bin" in d.diff, d.diff
                refs = api.list_repo_refs(repo, include_pull_requests=True)
                assert [r.ref for r in refs.pull_requests] == ["refs/pr/1"]
                assert api.list_repo_refs(repo).pull_requests is None
                try:
                    api.merge_pull_request(repo, 1)
                    raise SystemExit("a stranger must not merge")
                except HfHubHTTPError as e:
                    assert e.response.status_code == 403, e
                """, repo.id(), bob.name());
        String before = repo.head();
        ann.client(version, home).run("""
                import sys
                from huggingface_hub import HfApi
                api, repo = HfApi(), sys.argv[1]
                api.merge_pull_request(repo, 1, comment="Thanks")
                d = api.get_discussion_details(repo, 1)
                assert d.status == "merged" and d.merge_commit_oid == api.repo_info(repo).sha
                assert [e.type for e in d.events][-2:] == ["comment", "status-change"] and d.events[-1].new_status == "merged"
                assert {"weights.bin", "b.txt"} <= set(api.list_repo_files(repo))
                c = api.list_repo_commits(repo)[0]
                assert c.title == "Better lines (#1)" and "- And b (" in c.message, c
                """, repo.id());
        assertThat(ann.http()
                        .get(repo.api() + "/commit/main")
                        .expect(200)
                        .json()
                        .getJsonArray("parents")
                        .getString(0))
                .isEqualTo(before);
        assertThat(commit(bob, 1, "late.txt", "late").expectError(409, "").errorMessage())
                .contains("merged");
        assertThat(status(ann, 1, "open").expectError(400, "").errorMessage()).contains("merged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.33.0"})
    void upload_folder_fills_a_draft(String version) {
        bob.client(version, home).withXet().run("""
                import os, sys
                from huggingface_hub import HfApi
                from huggingface_hub.errors import HfHubHTTPError
                api, repo = HfApi(), sys.argv[1]
                os.makedirs("folder/deep")
                for i in range(30):
                    open(f"folder/deep/{i}.txt", "w").write(str(i))
                open("folder/w.safetensors", "wb").write(os.urandom(100_000))
                made = api.upload_folder(repo_id=repo, folder_path="folder", create_pr=True, commit_message="A folder")
                assert made.pr_num == 1, made
                assert len(api.list_repo_files(repo, revision="refs/pr/1")) == 33
                d = api.get_discussion_details(repo, 1)
                assert d.status == "draft" and d.events[-1].type == "commit", d
                assert [x.status for x in api.get_repo_discussions(repo, discussion_status="open")] == ["draft"]
                pr = api.create_pull_request(repo, title="An empty one")
                assert pr.num == 2 and pr.status == "draft" and pr.is_pull_request and pr.diff == ""
                assert api.repo_info(repo, revision="refs/pr/2").sha == api.repo_info(repo).sha
                """, repo.id());
        merge(ann, 1).expectError(400, "");
        status(bob, 1, "open").expect(200);
        merge(ann, 1).expect(200);
        assertThat(repo.entry("deep/29.txt")).isNotNull();
    }

    @Tag("core")
    @Test
    void its_author_pushes_to_it_by_git_and_nowhere_else() {
        propose(bob.http(), "main", Operations.commit("First").file("a.txt", Bytes.utf8("a\n")))
                .expect(200);
        propose(ann.http(), "main", Operations.commit("Ann's").file("x.txt", Bytes.utf8("x\n")))
                .expect(200);
        GitClone clone = GitClone.of(repo, bob, home, "clone");
        clone.run("fetch", "--quiet", "origin", "refs/pr/1:pr1");
        clone.run("checkout", "--quiet", "pr1");
        String pushed = clone.commit("b.txt", "b\n");
        clone.push("pr1:refs/pr/1");
        assertThat(details(1).getJsonArray("events").getJsonObject(2).toString())
                .contains(pushed, "Add b.txt", bob.name());

        clone.refused("your own pull requests only", "push", "origin", "pr1:refs/heads/main");
        clone.refused("your own pull requests only", "push", "origin", "pr1:refs/heads/new");
        clone.refused("somebody else's", "push", "--force", "origin", "pr1:refs/pr/2");
        clone.refused("pull requests that are open", "push", "origin", "pr1:refs/pr/9");
        clone.refused("pull requests that are open", "push", "origin", ":refs/pr/1");
        clone.run("commit", "--quiet", "--amend", "-m", "Rewritten");
        clone.push("+pr1:refs/pr/1");
        status(bob, 1, "closed").expect(200);
        HubUser eve = hub.newUser();
        clone.refused("403", "push", "origin", "pr1:refs/pr/1"); // nothing of his is open here
        assertThat(eve.http()
                        .get(repo.web() + ".git/info/refs?service=git-receive-pack")
                        .status())
                .isEqualTo(403);
        GitClone owner = GitClone.of(repo, home, "owner");
        owner.run("fetch", "--quiet", "origin", "refs/pr/1:pr1");
        owner.run("checkout", "--quiet", "pr1");
        owner.commit("c.txt", "c\n");
        owner.refused("this pull request is closed", "push", "origin", "pr1:refs/pr/1");
        status(ann, 1, "open").expect(200);
        owner.push("pr1:refs/pr/1");
        owner.assertWhole();
    }

    @Test
    void a_conflict_is_told_and_can_be_settled() {
        propose(bob.http(), "main", Operations.commit("Mine").file("shared.txt", Bytes.utf8("bob\n")))
                .expect(200);
        String head = repo.commitFile("shared.txt", Bytes.utf8("ann\n"));
        assertThat(details(1).getJsonArray("filesWithConflicts").getString(0)).isEqualTo("shared.txt");
        Answer refused = merge(ann, 1).expectError(409, "");
        assertThat(refused.errorMessage()).contains("shared.txt");
        assertThat(repo.head()).isEqualTo(head);
        assertThat(details(1).getString("status")).isEqualTo("open");
        commit(bob, 1, "shared.txt", "ann\n").expect(200);
        merge(ann, 1).expect(200);
        assertThat(details(1).getString("status")).isEqualTo("merged");
    }

    @Test
    void it_begins_at_the_commit_that_is_named_and_is_for_the_branch_that_is_named() {
        String old = repo.head();
        repo.commitFile("later.txt", Bytes.utf8("later\n"));
        ann.http().post(repo.api() + "/branch/dev").expect(200);
        Operations operations = Operations.commitOn(old, "On the old one").file("o.txt", Bytes.utf8("o\n"));
        JsonObject made = propose(bob.http(), "dev", operations).expect(200).json();
        assertThat(made.getString("pullRequestUrl")).endsWith(repo.id() + "/discussions/1");
        assertThat(ann.http()
                        .get(repo.api() + "/commit/" + made.getString("commitOid"))
                        .expect(200)
                        .json()
                        .getJsonArray("parents")
                        .getString(0))
                .isEqualTo(old);
        assertThat(details(1).getJsonObject("changes").getString("base")).isEqualTo("refs/heads/dev");
        merge(ann, 1).expect(200);
        assertThat(repo.entry("o.txt")).isNull();
        assertThat(new String(repo.download("dev", "o.txt"), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("o\n");
    }

    @Test
    void what_is_refused_leaves_no_pull_request_behind() {
        String refs =
                ann.http().get(repo.api() + "/refs?include_prs=1").expect(200).text();
        Operations some = Operations.commit("Some").file("a.txt", Bytes.utf8("a"));
        propose(hub.anonymous(), "main", some).expectError(401, "");
        propose(bob.readOnly(), "main", some).expectError(403, "");
        propose(bob.http(), "nowhere", some).expectError(404, "RevisionNotFound");
        propose(bob.http(), "main", Operations.commit("Bad").file("../a", Bytes.utf8("a")))
                .expectError(422, "");
        propose(bob.http(), "main", Operations.commit("Gone").deletedFile("no.txt"))
                .expectError(404, "EntryNotFound");
        String foreign = "ab".repeat(32);
        propose(bob.http(), "main", Operations.commit("Not his").lfsFile("w.bin", foreign, 9))
                .expectError(422, "");
        propose(bob.http(), "main", Operations.none()).expectError(400, "");
        TestRepo secret = ann.newPrivateModel();
        bob.http()
                .send("POST", secret.api() + "/commit/main?create_pr=1", "application/x-ndjson", some.body())
                .expectError(404, "RepoNotFound");
        bob.http().get(secret.api() + "/xet-write-token/main?create_pr=1").expectError(404, "RepoNotFound");
        assertThat(ann.http()
                        .get(repo.api() + "/refs?include_prs=1")
                        .expect(200)
                        .text())
                .isEqualTo(refs);
        assertThat(ann.http()
                        .get(repo.api() + "/discussions")
                        .expect(200)
                        .json()
                        .getInt("count"))
                .isZero();
    }

    @Test
    void a_right_to_propose_is_no_right_to_write() {
        bob.http().get(repo.api() + "/xet-write-token/main").expectError(403, "");
        bob.http().get(repo.api() + "/xet-write-token/None?create_pr=1").expect(200);
        propose(bob.http(), "main", Operations.commit("His").file("a.txt", Bytes.utf8("a")))
                .expect(200);
        bob.http().get(repo.api() + "/xet-write-token/refs%2Fpr%2F1").expect(200);
        hub.newUser().http().get(repo.api() + "/xet-write-token/refs%2Fpr%2F1").expectError(403, "");
        commit(hub.newUser(), 1, "b.txt", "b").expectError(403, "");
        commit(ann, 1, "b.txt", "b").expect(200);
        commit(bob, 7, "b.txt", "b").expectError(404, "RevisionNotFound");
        assertThat(repo.batchAs(bob.http(), "upload", Bytes.sha256(Bytes.utf8("x")), 1)
                        .status())
                .isEqualTo(403);
    }
}
