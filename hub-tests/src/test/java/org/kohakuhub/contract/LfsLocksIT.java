package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.Shell;
import org.kohakuhub.it.TestRepo;

/** The Git LFS File Locking API, by requests and by the unmodified git-lfs. */
class LfsLocksIT {
    private static final RunningHub hub = RunningHub.shared();

    private static HubUser ann;
    private static HubUser bob;
    private static HubUser cid;
    private static String organization;

    @TempDir
    Path home;

    private TestRepo repo;

    @BeforeAll
    static void an_organization_works() {
        ann = hub.newUser();
        bob = hub.newUser();
        cid = hub.newUser();
        organization = ann.newOrganization();
        ann.admit(organization, bob, "member");
    }

    @BeforeEach
    void make_a_repository() {
        repo = ann.newRepo("model", organization, false);
    }

    private String locks() {
        return repo.web() + ".git/info/lfs/locks";
    }

    private Answer lock(HubHttp caller, String path) {
        JsonObject body = Json.createObjectBuilder()
                .add("path", path)
                .add("ref", Json.createObjectBuilder().add("name", "refs/heads/main"))
                .build();
        return TestRepo.lfs(caller, locks(), body);
    }

    private String newLock(HubUser owner, String path) {
        return lock(owner.http(), path).expect(201).json().getJsonObject("lock").getString("id");
    }

    private Answer unlock(HubHttp caller, String id, boolean force) {
        return TestRepo.lfs(
                caller,
                locks() + '/' + id + "/unlock",
                Json.createObjectBuilder().add("force", force).build());
    }

    private Answer verify(HubHttp caller, JsonObjectBuilder body) {
        return TestRepo.lfs(caller, locks() + "/verify", body.build());
    }

    private static void assertLfsError(Answer answer, int status) {
        answer.expect(status);
        assertThat(answer.header("Content-Type")).startsWith("application/vnd.git-lfs+json");
        assertThat(answer.json().getString("message")).isNotBlank();
        assertThat(answer.json().getString("request_id")).isNotBlank();
    }

    private static List<String> paths(Answer page, String key) {
        return page.expect(200).json().getJsonArray(key).stream()
                .map(JsonValue::asJsonObject)
                .map(lock -> lock.getString("path"))
                .sorted()
                .toList();
    }

    @Tag("core")
    @Test
    void a_file_is_locked_listed_verified_and_unlocked() {
        JsonObject made = lock(bob.http(), "a/b.bin").expect(201).json().getJsonObject("lock");
        assertThat(made.getString("path")).isEqualTo("a/b.bin");
        assertThat(made.getJsonObject("owner").getString("name")).isEqualTo(bob.name());
        assertThat(made.getString("locked_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");

        Answer second = lock(ann.http(), "a/b.bin");
        assertLfsError(second, 409);
        assertThat(second.json().getJsonObject("lock")).isEqualTo(made);
        assertThat(hub.anonymous()
                        .get(locks())
                        .expect(200)
                        .json()
                        .getJsonArray("locks")
                        .getJsonObject(0))
                .isEqualTo(made);
        assertThat(paths(verify(bob.http(), Json.createObjectBuilder()), "ours"))
                .containsExactly("a/b.bin");
        assertThat(paths(verify(bob.http(), Json.createObjectBuilder()), "theirs"))
                .isEmpty();
        assertThat(paths(verify(ann.http(), Json.createObjectBuilder()), "theirs"))
                .containsExactly("a/b.bin");

        String id = made.getString("id");
        assertThat(unlock(bob.http(), id, false).expect(200).json().getJsonObject("lock"))
                .isEqualTo(made);
        assertLfsError(unlock(bob.http(), id, false), 404);
        assertThat(paths(hub.anonymous().get(locks()), "locks")).isEmpty();
    }

    @Tag("core")
    @Test
    void others_locks_are_removed_by_force_of_those_who_manage() {
        String bobs = newLock(bob, "bobs.bin");
        String anns = newLock(ann, "anns.bin");
        assertLfsError(unlock(ann.http(), bobs, false), 403);
        assertLfsError(unlock(bob.http(), anns, true), 403);
        assertLfsError(unlock(cid.http(), bobs, true), 403);
        unlock(ann.http(), bobs, true).expect(200);
        assertThat(paths(hub.anonymous().get(locks()), "locks")).containsExactly("anns.bin");
    }

    @Test
    void who_may_not_write_may_not_lock_and_who_may_not_read_sees_nothing() {
        assertLfsError(lock(cid.http(), "x"), 403);
        assertLfsError(lock(bob.readOnly(), "x"), 403);
        Answer challenge = lock(hub.anonymous(), "x");
        assertLfsError(challenge, 401);
        assertThat(challenge.header("LFS-Authenticate")).startsWith("Basic");
        assertLfsError(verify(cid.http(), Json.createObjectBuilder()), 403);

        repo = ann.newRepo("dataset", organization, true);
        String id = newLock(ann, "x");
        assertLfsError(cid.http().get(locks()), 404);
        assertLfsError(lock(cid.http(), "x"), 404);
        assertLfsError(unlock(cid.http(), id, true), 404);
        assertLfsError(verify(cid.http(), Json.createObjectBuilder()), 404);
        assertThat(paths(bob.readOnly().get(locks()), "locks")).containsExactly("x");
    }

    @Test
    void no_lock_is_reached_through_another_repository() {
        String id = newLock(ann, "x");
        TestRepo first = repo;
        repo = cid.newModel();
        assertLfsError(unlock(cid.http(), id, true), 404);
        assertThat(paths(cid.http().get(locks() + "?id=" + id), "locks")).isEmpty();
        lock(cid.http(), "x").expect(201);
        repo = first;
        assertThat(paths(hub.anonymous().get(locks() + "?id=" + id), "locks")).containsExactly("x");
    }

    @Test
    void lists_are_cut_in_pages_and_filtered() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            newLock(i < 2 ? ann : bob, "f" + i);
            made.add("f" + i);
        }
        List<String> listed = new ArrayList<>();
        List<String> verified = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = ann.http().get(locks() + "?limit=2&cursor=" + cursor);
            listed.addAll(paths(page, "locks"));
            Answer both = verify(
                    ann.http(), Json.createObjectBuilder().add("cursor", cursor).add("limit", 2));
            verified.addAll(paths(both, "ours"));
            verified.addAll(paths(both, "theirs"));
            cursor = page.json().getString("next_cursor", "");
            assertThat(both.json().getString("next_cursor", "")).isEqualTo(cursor);
        } while (!cursor.isEmpty());
        assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
        assertThat(verified).containsExactlyInAnyOrderElementsOf(made);
        assertThat(paths(ann.http().get(locks() + "?path=f3"), "locks")).containsExactly("f3");
        assertThat(paths(ann.http().get(locks() + "?refspec=refs/heads/main"), "locks"))
                .hasSize(5);
        assertThat(paths(ann.http().get(locks() + "?refspec=refs/heads/dev"), "locks"))
                .isEmpty();
    }

    @Test
    void what_is_no_lock_is_refused() {
        assertLfsError(
                TestRepo.lfs(ann.http(), locks(), Json.createObjectBuilder().build()), 400);
        assertLfsError(lock(ann.http(), "../x"), 422);
        assertLfsError(lock(ann.http(), ".git/config"), 422);
        assertLfsError(
                TestRepo.lfs(
                        ann.http(),
                        locks(),
                        Json.createObjectBuilder()
                                .add("path", "x")
                                .add("ref", "main")
                                .build()),
                400);
        assertLfsError(ann.http().get(locks() + "?limit=many"), 400);
        assertLfsError(unlock(ann.http(), "nothing", false), 404);
    }

    @Tag("core")
    @Test
    void git_lfs_locks_lists_and_unlocks() {
        repo.commitAs(
                        ann.http(),
                        "main",
                        org.kohakuhub.it.Operations.commit("Lockable")
                                .file(".gitattributes", Bytes.utf8("*.psd filter=lfs lockable\n"))
                                .file("a.txt", Bytes.utf8("a")))
                .expect(200);
        GitClone annes = GitClone.of(repo, ann, home, "ann");
        GitClone bobs = GitClone.of(repo, bob, home, "bob");
        for (GitClone clone : List.of(annes, bobs)) {
            clone.run("lfs", "install", "--local");
        }
        bobs.commit("picture.psd", "bob's");
        assertThat(bobs.run("lfs", "lock", "picture.psd")).contains("Locked picture.psd");
        assertThat(annes.run("lfs", "locks")).contains("picture.psd", bob.name());
        Shell.Result taken = annes.attempt("lfs", "lock", "picture.psd");
        assertThat(taken.status()).isNotZero();
        assertThat(taken.err()).contains("already created lock");
        assertThat(bobs.run("lfs", "locks", "--verify")).contains("O picture.psd");
        bobs.push("main");

        annes.run("pull", "--quiet");
        annes.run("config", "lfs." + hub.url(repo.web()) + ".git/info/lfs.locksverify", "true");
        annes.folder().resolve("picture.psd").toFile().setWritable(true); // lockable files are read-only without
        annes.commit("picture.psd", "ann's");
        Shell.Result push = annes.refused("Cannot update locked files", "push", "origin", "main");
        assertThat(push.out()).contains("picture.psd - " + bob.name());
        assertThat(annes.attempt("lfs", "unlock", "picture.psd").status()).isNotZero();
        assertThat(annes.run("lfs", "unlock", "--force", "picture.psd")).contains("Unlocked picture.psd");
        annes.push("main");
        assertThat(repo.head()).isEqualTo(annes.id("HEAD"));
        assertThat(annes.run("lfs", "locks")).isEmpty();
    }
}
