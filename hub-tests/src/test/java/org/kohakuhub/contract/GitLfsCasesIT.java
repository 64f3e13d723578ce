package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.Shell;
import org.kohakuhub.it.TestRepo;

/**
 * Cases of git-lfs's own tests, and of its description of the API (docs/api/batch.md, basic-transfers.md), that no other
 * class has. Which class has which of all of them: docs/git-test-cases.md.
 */
class GitLfsCasesIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    private static HubUser ann;
    private TestRepo repo;
    private GitClone clone;

    @BeforeAll
    static void somebody_comes() {
        ann = hub.newUser();
    }

    @BeforeEach
    void clone_a_repository() {
        repo = ann.newModel();
        clone = GitClone.of(repo, home, "clone");
        clone.run("lfs", "install", "--local");
    }

    private static JsonObject batch(TestRepo repo, String body) {
        Answer answer = ann.http()
                .send(
                        "POST",
                        repo.web() + ".git/info/lfs/objects/batch",
                        "application/vnd.git-lfs+json",
                        Bytes.utf8(body.replace('\'', '"')));
        return answer.expect(200).json();
    }

    private Path object(GitClone where, byte[] content) {
        String oid = Bytes.sha256(content);
        return where.folder()
                .resolve(".git/lfs/objects")
                .resolve(oid.substring(0, 2))
                .resolve(oid.substring(2, 4))
                .resolve(oid);
    }

    /** batch.md: fields that may be there, be missing, or name what the hub has not. */
    @Test
    void a_batch_may_say_more_or_less() {
        byte[] content = Bytes.random(1000, 1);
        repo.upload(content);
        String object = "{'oid':'" + Bytes.sha256(content) + "','size':1000}";
        for (String more : new String[] {
            "",
            "'transfers':[],",
            "'transfers':['basic'],",
            "'transfers':['tus','ssh','basic','nonsense'],",
            "'transfers':['nonsense'],",
            "'ref':{'name':'refs/heads/main'},",
            "'ref':null,",
            "'hash_algo':'sha256',",
            "'unknown':{'a':[1]},"
        }) {
            JsonObject answer = batch(repo, "{'operation':'download'," + more + "'objects':[" + object + "]}");
            assertThat(answer.getString("transfer", "basic")).as(more).isEqualTo("basic");
            JsonObject found = answer.getJsonArray("objects").getJsonObject(0);
            String href =
                    found.getJsonObject("actions").getJsonObject("download").getString("href");
            assertThat(hub.bare().get(href).expect(200).body()).isEqualTo(content);
        }
        assertThat(batch(repo, "{'operation':'download','objects':[]}").getJsonArray("objects"))
                .isEmpty();
    }

    /** t-duplicate-oids, t-batch-unknown-oids: each that was asked for is answered, and for itself. */
    @Test
    void an_object_may_be_asked_for_twice_and_beside_one_that_is_not_there() throws IOException {
        byte[] content = Bytes.random(1000, 2);
        repo.upload(content);
        String known = "{'oid':'" + Bytes.sha256(content) + "','size':1000}";
        String unknown = "{'oid':'" + "ab".repeat(32) + "','size':7}";
        JsonArray answers = batch(
                        repo, "{'operation':'download','objects':[" + String.join(",", known, unknown, known) + "]}")
                .getJsonArray("objects");
        assertThat(answers.getJsonObject(0).containsKey("actions")).isTrue();
        assertThat(answers.getJsonObject(1).getJsonObject("error").getInt("code"))
                .isEqualTo(404);
        assertThat(answers.getJsonObject(2).containsKey("actions")).isTrue();

        byte[] twice = Bytes.random(3000, 3);
        for (String name : new String[] {"one.bin", "folder/two.bin"}) {
            Files.createDirectories(clone.folder().resolve(name).getParent());
            clone.commit(name, twice);
        }
        clone.push("main");
        assertThat(repo.download("main", "one.bin")).isEqualTo(twice);
        assertThat(repo.download("main", "folder/two.bin")).isEqualTo(twice);
    }

    /** t-zero-len-file: a file without content has no pointer. */
    @Test
    void an_empty_file_is_pushed_as_it_is() {
        clone.commit("empty.bin", new byte[0]);
        clone.push("main");
        assertThat(repo.download("main", "empty.bin")).isEmpty();
        assertThat(repo.entry("empty.bin").containsKey("lfs")).isFalse();
        GitClone other = GitClone.visit(repo, home, "other");
        other.run("lfs", "pull");
        assertThat(other.run("status", "--porcelain")).isEmpty();
    }

    /** t-resume-http-range: the rest of a download that broke off is asked for with Range. */
    @Test
    void a_download_goes_on_where_it_broke_off() throws IOException {
        byte[] content = Bytes.random(200_000, 4);
        clone.commit("long.bin", content);
        clone.push("main");
        GitClone other = GitClone.visit(repo, home, "other");
        Path incomplete = other.folder().resolve(".git/lfs/incomplete/" + Bytes.sha256(content) + ".part");
        Files.createDirectories(incomplete.getParent());
        Files.write(incomplete, Arrays.copyOf(content, 150_000));
        Shell.Result pull =
                other.with("GIT_TRACE", "1").with("GIT_CURL_VERBOSE", "1").attempt("lfs", "pull");
        assertThat(pull.status()).as("%s", pull).isZero();
        assertThat(pull.err()).contains("Range: bytes=150000-199999", " 206");
        assertThat(Files.readAllBytes(other.folder().resolve("long.bin"))).isEqualTo(content);
    }

    /** t-push (--object-id), t-fetch (--all, --recent), t-prune-remote, t-fsck. */
    @Test
    void objects_are_pushed_alone_fetched_from_all_refs_and_pruned_when_the_hub_has_them() throws IOException {
        byte[] first = Bytes.random(2000, 5);
        byte[] second = Bytes.random(2500, 6);
        clone.commit("a.bin", first);
        clone.commit("a.bin", second);
        clone.run("branch", "side", "HEAD~1");
        clone.run("lfs", "push", "--object-id", "origin", Bytes.sha256(first));
        assertThat(batch(repo, "{'operation':'upload','objects':[{'oid':'" + Bytes.sha256(first) + "','size':2000}]}")
                        .getJsonArray("objects")
                        .getJsonObject(0)
                        .containsKey("actions"))
                .as("it is there already")
                .isFalse();
        assertThat(clone.attempt("lfs", "prune", "--verify-remote", "--dry-run").status())
                .isZero();
        assertThat(object(clone, first)).exists();
        clone.push("main", "side");

        GitClone other = GitClone.visit(repo, home, "other");
        other.run("lfs", "fetch", "--all");
        for (byte[] content : List.of(first, second)) {
            assertThat(object(other, content)).hasBinaryContent(content);
        }
        assertThat(other.run("lfs", "fsck")).contains("OK");
        other.run("-c", "lfs.fetchrecentrefsdays=0", "-c", "lfs.pruneoffsetdays=0", "lfs", "prune", "--verify-remote");
        assertThat(object(other, second)).exists();
        assertThat(object(other, first)).as("the hub said that it has it").doesNotExist();
    }

    /** t-migrate-import: a history that gets its pointers later replaces the one that is there. */
    @Test
    void a_history_that_was_migrated_is_pushed_by_force() {
        byte[] content = Bytes.random(5000, 7);
        clone.commit("weights.xyz", content);
        clone.push("main");
        assertThat(repo.entry("weights.xyz").containsKey("lfs")).isFalse();
        clone.run("lfs", "migrate", "import", "--yes", "--include=*.xyz", "--include-ref=refs/heads/main");
        clone.run("push", "--quiet", "--force", "origin", "main");
        assertThat(repo.entry("weights.xyz").getJsonObject("lfs").getString("oid"))
                .isEqualTo(Bytes.sha256(content));
        assertThat(repo.download("main", "weights.xyz")).isEqualTo(content);
    }

    /** t-lock, t-unlock: by number, by path with spaces, and with a list longer than a page. */
    @Test
    void locks_have_ids_and_odd_names() {
        clone.commit("a b/ä.bin", new byte[] {1});
        clone.push("main");
        assertThat(clone.run("lfs", "lock", "a b/ä.bin")).contains("Locked");
        String listed = clone.run("lfs", "locks", "--json");
        JsonObject lock =
                Json.createReader(new java.io.StringReader(listed)).readArray().getJsonObject(0);
        assertThat(lock.getString("path")).isEqualTo("a b/ä.bin");
        assertThat(clone.run("lfs", "locks", "--id=" + lock.getString("id"))).contains("a b/ä.bin");
        assertThat(clone.run("lfs", "locks", "--path=a b/ä.bin", "--limit=1")).contains(ann.name());
        clone.run("lfs", "unlock", "--id=" + lock.getString("id"));
        assertThat(clone.run("lfs", "locks")).isEmpty();
    }
}
