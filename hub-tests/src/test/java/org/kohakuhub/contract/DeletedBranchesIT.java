package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** A branch that was deleted by mistake comes back as it was. */
class DeletedBranchesIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    private HubUser ann;
    private TestRepo repo;
    private String deleted;
    private int commits;

    @BeforeEach
    void a_repository() {
        ann = hub.newUser();
        repo = ann.newModel();
        repo.commit(Operations.commit("Base").file("a.txt", Bytes.utf8("a")));
        deleted = repo.api() + "/branches/deleted";
    }

    private String branch(String name) {
        ann.http().post(repo.api() + "/branch/" + TestRepo.quote(name), empty()).expect(200);
        return repo.commitAnswer(name, Operations.commit("On " + name).file("b.txt", Bytes.utf8(name + commits++)))
                .expect(200)
                .json()
                .getString("commitOid");
    }

    private void delete(String name) {
        ann.http().delete(repo.api() + "/branch/" + TestRepo.quote(name)).expect(200);
    }

    private static JsonObject empty() {
        return Json.createObjectBuilder().build();
    }

    private Answer restore(HubHttp http, String name) {
        return http.post(deleted + '/' + TestRepo.quote(name) + "/restore");
    }

    @Test
    void a_deleted_branch_is_listed_and_restored() {
        String head = branch("feature/x");
        delete("feature/x");

        JsonObject shown = ann.http().get(deleted).expect(200).list().getJsonObject(0);
        assertThat(shown.getString("name")).isEqualTo("feature/x");
        assertThat(shown.getString("target_commit")).isEqualTo(head);
        assertThat(shown.getString("deleted_by")).isEqualTo(ann.name());
        assertThat(shown.getString("restorable_until")).isGreaterThan(shown.getString("deleted_at"));

        JsonObject answer = restore(ann.http(), "feature/x").expect(200).json();
        assertThat(answer.getString("commit_id")).isEqualTo(head);
        assertThat(repo.download("feature/x", "b.txt")).isEqualTo(Bytes.utf8("feature/x0"));
        assertThat(restore(ann.http(), "feature/x").status()).isEqualTo(409);
        GitClone clone = GitClone.of(repo, home, "clone");
        assertThat(clone.id("origin/feature/x")).isEqualTo(head);
        clone.assertWhole();
    }

    @Test
    void what_git_deletes_comes_back_too_and_the_last_deletion_counts() {
        String first = branch("dev");
        delete("dev");
        String second = branch("dev");
        assertThat(second).isNotEqualTo(first);
        GitClone.of(repo, home, "clone").push(":dev");
        assertThat(ann.http().get(deleted).expect(200).list()).hasSize(1);
        assertThat(restore(ann.http(), "dev").expect(200).json().getString("commit_id"))
                .isEqualTo(second);
    }

    @Test
    void the_list_is_paged_newest_first() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            branch("b" + i);
            delete("b" + i);
            names.add(0, "b" + i);
        }
        List<String> seen = new ArrayList<>();
        String next = deleted + "?limit=2";
        for (int page = 0; page < 3; page++) {
            Answer answer = ann.http().get(next).expect(200);
            answer.list().forEach(shown -> seen.add(shown.asJsonObject().getString("name")));
            next = answer.find("Link")
                    .map(link -> link.substring(link.indexOf("/api/"), link.indexOf('>')))
                    .orElse("");
        }
        assertThat(next).isEmpty();
        assertThat(seen).isEqualTo(names);
        assertThat(ann.http().get(deleted + "?cursor=nonsense").status()).isEqualTo(400);
    }

    @Test
    void only_who_may_write_sees_and_restores() {
        branch("dev");
        delete("dev");
        HubUser stranger = hub.newUser();
        assertThat(stranger.http().get(deleted).status()).isEqualTo(403);
        assertThat(restore(stranger.http(), "dev").status()).isEqualTo(403);
        assertThat(restore(hub.anonymous(), "dev").status()).isEqualTo(401);
        restore(ann.http(), "other").expectError(404, "RevisionNotFound");
        restore(ann.http(), "main").expect(409);
        TestRepo hidden = ann.newPrivateModel();
        stranger.http().get(hidden.api() + "/branches/deleted").expectError(404, "RepoNotFound");

        JsonObject rule = Json.createObjectBuilder()
                .add("pattern", "dev")
                .add("push", "nobody")
                .build();
        ann.http().post(repo.api() + "/protection", rule).expect(200);
        assertThat(restore(ann.http(), "dev").status()).isEqualTo(403);
    }
}
