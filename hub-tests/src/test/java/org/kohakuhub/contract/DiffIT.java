package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** One commit and what it changed, file by file. */
@Tag("core")
class DiffIT {
    private static final RunningHub hub = RunningHub.shared();

    private final HubUser ann = hub.newUser();
    private final TestRepo repo = ann.newModel();

    private Answer get(String path) {
        return ann.http().get(path.startsWith("http") ? path : repo.api() + path);
    }

    private static JsonObject file(JsonObject diff, String path) {
        return diff.getJsonArray("files").stream()
                .map(JsonValue::asJsonObject)
                .filter(file -> file.getString("path").equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_commit_shows_itself_and_what_it_changed() {
        String long_text = "line\n".repeat(200);
        repo.commit(Operations.commit("First")
                .file("changed.txt", Bytes.utf8("one\ntwo\nthree\n"))
                .file("gone.txt", Bytes.utf8("gone\n"))
                .file("old/name.txt", Bytes.utf8(long_text))
                .file("picture.dat", new byte[] {0, 1, 2, 0, 3}));
        repo.commitLfs("weights.bin", Bytes.random(10_000, 1));
        String parent = repo.head();
        repo.upload(Bytes.random(20_000, 2));
        String commit = repo.commit(Operations.commit("Second\n\nand why")
                .file("added.txt", Bytes.utf8("new\n"))
                .file("changed.txt", Bytes.utf8("one\n2\nthree\n"))
                .deletedFile("gone.txt")
                .deletedFile("old/name.txt")
                .file("new/name.txt", Bytes.utf8(long_text))
                .file("picture.dat", new byte[] {0, 1, 2, 0, 4})
                .lfsFile("weights.bin", Bytes.sha256(Bytes.random(20_000, 2)), 20_000));

        JsonObject shown = get("/commit/" + commit).expect(200).json();
        assertThat(shown.getString("oid")).isEqualTo(commit);
        assertThat(shown.getString("title")).startsWith("Second");
        assertThat(shown.getJsonArray("parents").getString(0)).isEqualTo(parent);
        assertThat(shown.getString("author")).isEqualTo(ann.name());
        assertThat(shown.getString("committed_at")).endsWith("Z");

        JsonObject diff = get("/commit/" + commit + "/diff").expect(200).json();
        assertThat(diff.getString("parent_commit")).isEqualTo(parent);
        assertThat(diff.getJsonArray("files")).hasSize(6);
        assertThat(file(diff, "added.txt").getString("type")).isEqualTo("added");
        assertThat(file(diff, "added.txt").containsKey("previous_size")).isFalse();
        assertThat(file(diff, "changed.txt").getString("diff")).contains("-two\n", "+2\n", "@@");
        assertThat(file(diff, "gone.txt").getString("type")).isEqualTo("removed");
        assertThat(file(diff, "new/name.txt").getString("type")).isEqualTo("renamed");
        assertThat(file(diff, "new/name.txt").getString("previous_path")).isEqualTo("old/name.txt");
        assertThat(file(diff, "picture.dat").isNull("diff")).isTrue();
        JsonObject weights = file(diff, "weights.bin");
        assertThat(weights.getBoolean("is_lfs")).isTrue();
        assertThat(weights.getInt("size_bytes")).isEqualTo(20_000);
        assertThat(weights.getInt("previous_size")).isEqualTo(10_000);
        assertThat(weights.getString("sha256")).isEqualTo(Bytes.sha256(Bytes.random(20_000, 2)));
        assertThat(weights.getString("previous_sha256")).isEqualTo(Bytes.sha256(Bytes.random(10_000, 1)));
        assertThat(weights.isNull("diff")).isTrue();

        JsonObject compared =
                get("/compare/" + parent + ".." + "main").expect(200).json();
        assertThat(compared.getJsonArray("files")).isEqualTo(diff.getJsonArray("files"));
    }

    @Test
    void a_long_list_of_changes_comes_in_pages_without_gap_or_repetition() {
        Operations many = Operations.commit("Many");
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String path = (i % 2 == 0 ? "a/" : "a-b/") + "f" + (100 + i) + ".txt";
            paths.add(path);
            many.file(path, Bytes.utf8(path));
        }
        String commit = repo.commit(many);
        List<String> seen = new ArrayList<>();
        Optional<String> next = Optional.of("/commit/" + commit + "/diff?limit=7");
        while (next.isPresent()) {
            Answer page = get(next.get()).expect(200);
            page.json()
                    .getJsonArray("files")
                    .forEach(file -> seen.add(file.asJsonObject().getString("path")));
            next = page.find("Link").map(link -> link.replaceAll("<(.*)>.*", "$1"));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(paths);
    }

    @Test
    void the_first_commit_is_compared_with_nothing_and_what_is_not_there_is_not_found() {
        String first = repo.head();
        JsonObject diff = get("/commit/" + first + "/diff").expect(200).json();
        assertThat(diff.isNull("parent_commit")).isTrue();
        assertThat(file(diff, ".gitattributes").getString("type")).isEqualTo("added");
        get("/commit/" + "0".repeat(40)).expectError(404, "RevisionNotFound");
        get("/commit/nowhere/diff").expectError(404, "RevisionNotFound");
        get("/compare/main").expect(400);
        TestRepo hidden = hub.newUser().newPrivateModel();
        ann.http().get(hidden.api() + "/commit/main/diff").expectError(404, "RepoNotFound");
        ann.http().get(hidden.api() + "/compare/main..main").expectError(404, "RepoNotFound");
    }
}
