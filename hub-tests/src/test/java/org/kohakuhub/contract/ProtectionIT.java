package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Rules about branches and tags hold at every door: the API's and git's. */
class ProtectionIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    private HubUser ann;
    private HubUser max;
    private TestRepo repo;

    @BeforeEach
    void an_organizations_repository_with_a_member() {
        ann = hub.newUser();
        max = hub.newUser();
        String org = ann.newOrganization();
        ann.admit(org, max, "member").expect(200);
        repo = ann.newRepo("model", org, false);
        repo.commit(Operations.commit("Base").file("a.txt", Bytes.utf8("a")));
        post(ann, "/branch/release%2F1", "{}").expect(200);
        post(ann, "/branch/dev", "{}").expect(200);
    }

    private Answer post(HubUser user, String path, String body) {
        return user.http().send("POST", repo.api() + path, "application/json", Bytes.utf8(body));
    }

    private JsonObject rule(String kind, String pattern, String push, String force, String delete) {
        JsonObject body = Json.createObjectBuilder()
                .add("kind", kind)
                .add("pattern", pattern)
                .add("push", push)
                .add("force", force)
                .add("delete", delete)
                .build();
        return ann.http().post(repo.api() + "/protection", body).expect(200).json();
    }

    private Answer commit(HubUser user, String branch) {
        return repo.commitAs(
                user.http(), branch, Operations.commit("Change").file("b.txt", Bytes.utf8(RunningHub.newName("b"))));
    }

    private static void assertProtected(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorMessage()).startsWith("Protected ").contains("(rule ");
    }

    @Test
    void what_a_rule_forbids_no_route_of_the_api_does() {
        rule("branch", "release/*", "admin", "nobody", "super-admin");
        String oid = repo.head();

        assertProtected(commit(max, "release/1"));
        assertProtected(post(max, "/merge/dev/into/release%2F1", "{}"));
        assertProtected(post(max, "/branch/release%2F1/revert", "{\"ref\": \"" + oid + "\"}"));
        assertProtected(post(max, "/branch/release%2F1/cherry-pick", "{\"ref\": \"" + oid + "\"}"));
        assertProtected(post(max, "/branch/release%2F1/reset", "{\"ref\": \"" + oid + "\"}"));
        assertProtected(post(max, "/branch/release%2F2", "{}"));
        assertProtected(max.http().delete(repo.api() + "/branch/release%2F1"));
        assertProtected(post(ann, "/super-squash/release%2F1", "{}"));

        commit(ann, "release/1").expect(200);
        post(ann, "/branch/release%2F2", "{}").expect(200);
        ann.http().delete(repo.api() + "/branch/release%2F2").expect(200);
        commit(max, "dev").expect(200);
    }

    @Test
    void tags_have_rules_of_their_own() {
        post(max, "/tag/main", "{\"tag\": \"v1\"}").expect(200);
        rule("tag", "v*", "super-admin", "nobody", "nobody");
        assertProtected(post(max, "/tag/main", "{\"tag\": \"v2\"}"));
        post(ann, "/tag/main", "{\"tag\": \"v2\"}").expect(200);
        assertProtected(ann.http().delete(repo.api() + "/tag/v2"));
        post(max, "/branch/v3", "{}").expect(200);
    }

    @Test
    void git_is_told_which_rule_and_an_atomic_push_moves_nothing() {
        rule("branch", "release/**", "admin", "admin", "nobody");
        rule("tag", "v*", "member", "nobody", "nobody");
        GitClone clone = GitClone.of(repo, max, home, "clone");
        clone.commit("c.txt", "c");
        clone.refused(
                "protected branch: without the role admin it may not be pushed to here (rule release/**)",
                "push",
                "origin",
                "HEAD:release/1");
        clone.refused("protected branch", "push", "origin", "HEAD:refs/heads/release/new/one");
        clone.refused("protected branch: it may not be deleted here", "push", "origin", ":release/1");
        clone.refused("protected branch", "push", "--atomic", "origin", "HEAD:dev", "HEAD:release/1");
        assertThat(clone.attempt("push", "origin", "HEAD:dev", "HEAD:release/1").err())
                .contains("protected branch");
        assertThat(clone.run("ls-remote", "origin", "refs/heads/dev")).startsWith(clone.id("HEAD"));

        clone.run("tag", "v1");
        clone.push("v1");
        clone.commit("d.txt", "d");
        clone.run("tag", "--force", "v1");
        clone.refused("protected tag: it may not be rewritten here", "push", "--force", "origin", "v1");
        clone.refused("protected tag: it may not be deleted here", "push", "origin", ":v1");

        GitClone admin = GitClone.of(repo, ann, home, "admins");
        admin.commit("e.txt", "e");
        admin.push("HEAD:release/1");
        admin.refused("protected branch: it may not be deleted here", "push", "origin", ":release/1");
    }

    @Test
    void a_default_branch_stays_whatever_the_rules() {
        GitClone clone = GitClone.of(repo, ann, home, "clone");
        clone.refused("the default branch cannot be deleted", "push", "origin", ":main");
        rule("branch", "**", "member", "member", "member");
        clone.refused("the default branch cannot be deleted", "push", "origin", ":main");
        assertThat(ann.http().delete(repo.api() + "/branch/main").status()).isEqualTo(400);
        GitClone members = GitClone.of(repo, max, home, "members");
        members.run("commit", "--quiet", "--amend", "-m", "Rewritten");
        members.refused("only those who manage", "push", "--force", "origin", "main");
    }

    @Test
    void rules_are_made_changed_and_removed_by_those_who_manage() {
        String path = repo.api() + "/protection";
        String id = rule("branch", "release/*", "admin", "nobody", "nobody").getString("id");
        assertThat(ann.http().get(path).expect(200).list()).singleElement().satisfies(shown -> {
            assertThat(shown.asJsonObject().getString("id")).isEqualTo(id);
            assertThat(shown.asJsonObject().getString("pattern")).isEqualTo("release/*");
            assertThat(shown.asJsonObject().getString("force")).isEqualTo("nobody");
        });
        assertThat(post(ann, "/protection", "{\"pattern\": \"release/*\"}").status())
                .isEqualTo(409);
        JsonObject changed = Json.createObjectBuilder()
                .add("pattern", "release/*")
                .add("push", "member")
                .build();
        JsonObject now = ann.http().put(path + '/' + id, changed).expect(200).json();
        assertThat(now.getString("push")).isEqualTo("member");
        assertThat(now.getString("delete")).isEqualTo("admin");
        commit(max, "release/1").expect(200);
        ann.http().delete(path + '/' + id).expect(200);
        assertThat(ann.http().delete(path + '/' + id).status()).isEqualTo(404);
        assertThat(ann.http().put(path + '/' + id, changed).status()).isEqualTo(404);
        assertThat(ann.http().get(path).list()).isEmpty();
    }

    @Test
    void nobody_else_sees_or_makes_rules_and_bad_ones_are_refused() {
        String path = repo.api() + "/protection";
        String body = "{\"pattern\": \"x\"}";
        assertThat(max.http().get(path).status()).isEqualTo(403);
        assertThat(post(max, "/protection", body).status()).isEqualTo(403);
        assertThat(post(hub.newUser(), "/protection", body).status()).isEqualTo(403);
        assertThat(hub.anonymous().get(path).status()).isEqualTo(401);
        for (String bad : new String[] {
            "{}",
            "{\"pattern\": \"a b\"}",
            "{\"pattern\": \"x\", \"kind\": \"note\"}",
            "{\"pattern\": \"x\", \"push\": \"visitor\"}",
            "{\"pattern\": 5}",
            "[]"
        }) {
            assertThat(post(ann, "/protection", bad).status()).as(bad).isEqualTo(400);
        }
        TestRepo other = ann.newPrivateModel();
        String id = rule("branch", "x", "admin", "admin", "admin").getString("id");
        assertThat(ann.http().delete(other.api() + "/protection/" + id).status())
                .as("a rule of another repository")
                .isEqualTo(404);
        max.http().get(other.api() + "/protection").expectError(404, "RepoNotFound");
    }
}
