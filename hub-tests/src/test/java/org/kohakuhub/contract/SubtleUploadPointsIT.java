package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/**
 * The points that servers get wrong, as far as they are about repositories, uploads, commits and refs. Point 19, the 307
 * of a renamed repository, is in {@link MoveIT}.
 */
@Tag("core")
class SubtleUploadPointsIT {
    private static final RunningHub HUB = RunningHub.shared();

    private static HubUser ann;

    @BeforeAll
    static void a_user() {
        ann = HUB.newUser();
    }

    @Test
    @DisplayName("point 5 (contract, section 20.5): the 409 of create carries url in the body")
    void a_taken_name_tells_the_address() {
        for (String type : List.of("model", "dataset", "space")) {
            TestRepo repo = ann.newRepo(type, false);
            JsonObject body = Json.createObjectBuilder()
                    .add("name", repo.name())
                    .add("type", type)
                    .add("sdk", "static")
                    .addNull("organization")
                    .build();
            Answer taken = ann.http().post("/api/repos/create", body).expectError(409, "");
            assertThat(taken.json().getString("url")).isEqualTo(HUB.url(repo.web()));
            assertThat(taken.errorMessage()).contains("already exists").doesNotContain("another conflicting operation");
        }
    }

    @Test
    @DisplayName("point 6 (contract, section 20.4): url and commitUrl are absolute, on the host that the caller used")
    void addresses_are_on_the_callers_host() {
        String asked = "localhost:" + HUB.base().getPort();
        HubHttp byName = ann.http().with("Host", asked);
        String name = RunningHub.newName("r");
        JsonObject body = Json.createObjectBuilder().add("name", name).build();
        Answer made = byName.post("/api/repos/create", body).expect(200);
        assertThat(made.json().getString("url")).isEqualTo("http://" + asked + '/' + ann.name() + '/' + name);

        TestRepo repo = new TestRepo(ann, "model", ann.name() + '/' + name);
        Answer committed = repo.commitAs(
                        byName, "main", Operations.commit("Say a").file("a", Bytes.utf8("a")))
                .expect(200);
        assertThat(committed.json().getString("commitUrl"))
                .isEqualTo("http://" + asked + repo.web() + "/commit/" + repo.head());
        assertThat(repo.commitAnswer("main", Operations.commit("Say b").file("b", Bytes.utf8("b")))
                        .json()
                        .getString("commitUrl"))
                .startsWith(HUB.url(repo.web()) + "/commit/");
    }

    @Test
    @DisplayName("point 7 (contract, section 20.7): LFS batch: a known object omits actions, no nulls")
    void a_known_object_has_no_actions() {
        TestRepo repo = ann.newModel();
        byte[] content = Bytes.random(1000, 7);
        JsonObject unknown = firstObject(repo.batch("upload", Bytes.sha256(content), content.length));
        assertThat(unknown).containsKey("actions");
        repo.upload(content);

        Answer again = repo.batch("upload", Bytes.sha256(content), content.length);
        assertThat(again.text()).doesNotContain("null");
        assertThat(firstObject(again)).containsOnlyKeys("oid", "size");
        assertThat(firstObject(again).getInt("size")).isEqualTo(1000);
    }

    @Test
    @DisplayName("point 8 (contract, section 20.8): presigned PUTs stand alone, no headers are sent")
    void the_presigned_put_needs_no_header() {
        TestRepo repo = ann.newModel();
        byte[] content = Bytes.random(1000, 8);
        JsonObject actions = firstObject(repo.batch("upload", Bytes.sha256(content), content.length))
                .getJsonObject("actions");
        JsonObject upload = actions.getJsonObject("upload");
        assertThat(upload.getOrDefault("header", JsonObject.EMPTY_JSON_OBJECT).asJsonObject())
                .doesNotContainKey("chunk_size");

        Answer put = HUB.bare()
                .with("X-Amzn-Trace-Id", "0b7c21f0-trace")
                .send("PUT", upload.getString("href"), null, content);

        assertThat(put.status()).as("%s", put).isIn(200, 201, 204);
        repo.verify(actions, Bytes.sha256(content), content.length).expect(200);
        repo.commit(Operations.commit("Add").lfsFile("a.bin", Bytes.sha256(content), content.length));
        assertThat(repo.download("main", "a.bin")).isEqualTo(content);
    }

    @Test
    @DisplayName(
            "point 9 (contract, section 20.8): multipart: ceil(size/chunk) parts, the completion URL authorises itself and is checked")
    void multipart_completes_without_a_token() {
        TestRepo repo = ann.newModel();
        byte[] content = Bytes.random((int) RunningHub.MULTIPART_BYTES + 12_345, 9);
        String oid = Bytes.sha256(content);
        JsonObject actions =
                firstObject(repo.batch("upload", oid, content.length)).getJsonObject("actions");
        JsonObject header = actions.getJsonObject("upload").getJsonObject("header");
        int chunk = Integer.parseInt(header.getString("chunk_size"));
        List<String> parts = header.keySet().stream()
                .filter(key -> key.matches("\\d+"))
                .sorted()
                .toList();
        assertThat(parts).hasSize((content.length + chunk - 1) / chunk);

        var etags = Json.createArrayBuilder();
        for (int i = 0; i < parts.size(); i++) {
            byte[] part = Arrays.copyOfRange(content, i * chunk, Math.min(content.length, (i + 1) * chunk));
            Answer put = HUB.bare().send("PUT", header.getString(parts.get(i)), null, part);
            assertThat(put.status()).as("%s", put).isBetween(200, 299);
            etags.add(Json.createObjectBuilder().add("partNumber", i + 1).add("etag", put.header("ETag")));
        }
        JsonObject completion =
                Json.createObjectBuilder().add("oid", oid).add("parts", etags).build();
        String href = actions.getJsonObject("upload").getString("href");
        assertThat(URI.create(href).getAuthority()).isEqualTo(HUB.base().getAuthority());
        Answer forged = TestRepo.lfs(HUB.anonymous(), tampered(href), completion);
        assertThat(forged.status()).as("%s", forged).isEqualTo(403);

        TestRepo.lfs(HUB.anonymous(), href, completion).expect(200);

        if (actions.containsKey("verify")) {
            repo.verify(actions, oid, content.length).expect(200);
        }
        repo.commit(Operations.commit("Add").lfsFile("big.bin", oid, content.length));
        assertThat(repo.download("main", "big.bin")).isEqualTo(content);
    }

    /** The address with the last letter of its signature changed. */
    private static String tampered(String href) {
        char last = href.charAt(href.length() - 1);
        return href.substring(0, href.length() - 1) + (last == '0' ? '1' : '0');
    }

    @Test
    @DisplayName(
            "point 11 (contract, section 20.10): preupload.oid: sha256 for LFS, blob sha1 for regular; *.parquet is LFS at any size")
    void preupload_tells_what_is_there() {
        TestRepo repo = ann.newModel();
        byte[] text = Bytes.utf8("some text\n");
        byte[] weights = Bytes.random(500, 11);
        repo.commitFile("a b.txt", text);
        repo.commitLfs("w.safetensors", weights);

        Map<String, JsonObject> files = preupload(
                repo, Map.of("a b.txt", text, "w.safetensors", weights, "t.parquet", Bytes.utf8("PAR1"), "n.md", text));

        assertThat(files.get("a b.txt").getString("uploadMode")).isEqualTo("regular");
        assertThat(files.get("a b.txt").getString("oid")).isEqualTo(Bytes.blobId(text));
        assertThat(files.get("w.safetensors").getString("uploadMode")).isEqualTo("lfs");
        assertThat(files.get("w.safetensors").getString("oid")).isEqualTo(Bytes.sha256(weights));
        assertThat(files.get("t.parquet").getString("uploadMode")).isEqualTo("lfs");
        assertThat(files.get("t.parquet")).doesNotContainKey("oid");
        assertThat(files.get("n.md").getString("uploadMode")).isEqualTo("regular");
        assertThat(files.values()).noneMatch(file -> file.getBoolean("shouldIgnore"));
    }

    private static Map<String, JsonObject> preupload(TestRepo repo, Map<String, byte[]> contents) {
        var files = Json.createArrayBuilder();
        contents.forEach((path, content) -> files.add(Json.createObjectBuilder()
                .add("path", path)
                .add("size", content.length)
                .add("sample", Bytes.base64(Arrays.copyOf(content, Math.min(512, content.length))))));
        JsonObject body = Json.createObjectBuilder().add("files", files).build();
        Answer answer =
                repo.owner().http().post(repo.api() + "/preupload/main", body).expect(200);
        return answer.json().getJsonArray("files").getValuesAs(JsonObject.class).stream()
                .collect(Collectors.toMap(file -> file.getString("path"), file -> file));
    }

    @Test
    @DisplayName("point 12 (contract, section 20.25): empty files come inline, on an LFS pattern too")
    void empty_files_come_inline() {
        TestRepo repo = ann.newModel();
        repo.commit(Operations.commit("Add").file("empty.bin", new byte[0]).file("dir/.gitkeep", new byte[0]));
        assertThat(repo.entry("empty.bin").getString("oid")).isEqualTo(Bytes.blobId(new byte[0]));
        assertThat(repo.entry("empty.bin")).doesNotContainKey("lfs");
        assertThat(repo.download("main", "empty.bin")).isEmpty();
        assertThat(ann.http()
                        .with("Accept-Encoding", "identity")
                        .head(repo.resolve("main", "empty.bin"))
                        .header("Content-Length"))
                .isEqualTo("0");
    }

    @Test
    @DisplayName("point 14 (contract, section 20.15): validate-yaml answers JSON always")
    void validate_yaml_speaks_json() {
        assertThat(validate("---\nlicense: mit\ntags:\n- a\n---\n# Hi")
                        .expect(200)
                        .json()
                        .getJsonArray("errors"))
                .isEmpty();
        assertThat(validate("no front matter").expect(200).json().getJsonArray("warnings"))
                .isNotNull();
        Answer invalid = validate("---\nlicense: [mit\n---\n").expect(400);
        JsonArray errors = invalid.json().getJsonArray("errors");
        assertThat(errors.getJsonObject(0).getString("message")).isNotBlank();
        Answer broken = ann.http().send("POST", "/api/validate-yaml", "application/json", Bytes.utf8("{no json"));
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.json()).isNotEmpty();
    }

    private static Answer validate(String card) {
        JsonObjectBuilder body = Json.createObjectBuilder().add("content", card).add("repoType", "model");
        return ann.http().post("/api/validate-yaml", body.build());
    }

    @Test
    @DisplayName("point 17 (contract, section 20.14): revision, branch, tag and tree path are one quoted segment")
    void slashes_survive_quoted() {
        TestRepo repo = ann.newModel();
        String head = repo.commitFile("a dir/b+c/d#e%.txt", Bytes.utf8("x"));
        HubHttp http = ann.http();
        http.post(repo.api() + "/branch/feature%2Fx", JsonObject.EMPTY_JSON_OBJECT)
                .expect(200);
        http.post(
                        repo.api() + "/tag/feature%2Fx",
                        Json.createObjectBuilder().add("tag", "v1/rc").build())
                .expect(200);

        assertThat(repo.refs().getJsonArray("branches").getValuesAs(JsonObject.class))
                .anySatisfy(branch -> {
                    assertThat(branch.getString("name")).isEqualTo("feature/x");
                    assertThat(branch.getString("ref")).isEqualTo("refs/heads/feature/x");
                    assertThat(branch.getString("targetCommit")).isEqualTo(head);
                });
        for (String revision : List.of("feature%2Fx", "refs%2Fheads%2Ffeature%2Fx", "v1%2Frc", head)) {
            assertThat(http.get(repo.api() + "/revision/" + revision)
                            .expect(200)
                            .json()
                            .getString("sha"))
                    .as(revision)
                    .isEqualTo(head);
            assertThat(http.get(repo.api() + "/tree/" + revision + "/a%20dir%2Fb%2Bc?recursive=false&expand=false")
                            .expect(200)
                            .list()
                            .getJsonObject(0)
                            .getString("path"))
                    .isEqualTo("a dir/b+c/d#e%.txt");
            assertThat(http.get(repo.web() + "/resolve/" + revision + "/a%20dir/b%2Bc/d%23e%25.txt")
                            .expect(200)
                            .text())
                    .isEqualTo("x");
            assertThat(http.get(repo.api() + "/commits/" + revision)
                            .expect(200)
                            .list()
                            .getJsonObject(0)
                            .getString("id"))
                    .isEqualTo(head);
        }
        repo.commitAnswer("feature/x", Operations.commit("Add").file("y", Bytes.utf8("y")))
                .expect(200);
        assertThat(repo.head()).isEqualTo(head);
        http.delete(repo.api() + "/tag/v1%2Frc").expect(200);
        http.delete(repo.api() + "/branch/feature%2Fx").expect(200);
        http.get(repo.api() + "/revision/feature%2Fx").expectError(404, "RevisionNotFound");
    }

    @Test
    @DisplayName(
            "point 20 (contract, section 20.17): a stale parentCommit gets 412; without it the commit lands on the new head silently")
    void a_stale_parent_is_refused() {
        TestRepo repo = ann.newModel();
        String first = repo.head();
        String second = repo.commitFile("a.txt", Bytes.utf8("a"));
        Answer stale =
                repo.commitAnswer("main", Operations.commitOn(first, "Late").file("b.txt", Bytes.utf8("b")));
        assertThat(stale.expectError(412, "").json().getString("error"))
                .contains("The branch was updated since you opened this page. Please refresh and try again.");
        assertThat(repo.head()).isEqualTo(second);

        repo.commitAnswer(
                        "main",
                        Operations.commitOn(second.substring(0, 8), "Short").file("c.txt", Bytes.utf8("c")))
                .expect(200);
        String last = repo.commit(Operations.commit("Silent").file("b.txt", Bytes.utf8("b")));
        assertThat(repo.head()).isEqualTo(last);
        assertThat(repo.entry("a.txt")).isNotNull();
    }

    @Test
    @DisplayName("point 23 (contract, section 20.25): commit lines may be a header alone")
    void a_commit_may_be_its_header_alone() {
        TestRepo repo = ann.newModel();
        repo.commitFile("a.txt", Bytes.utf8("a"));
        Answer answer = repo.commitAnswer("main", Operations.commit("Nothing")).expect(200);
        assertThat(answer.json().getString("commitOid")).isEqualTo(repo.head());
        assertThat(answer.json()).doesNotContainKey("pullRequestUrl");
    }

    @Test
    @DisplayName("point 24 (contract, section 20.23): POSTs without a body and without Content-Type")
    void posts_may_lack_a_body() {
        TestRepo repo = ann.newModel();
        ann.http().post(repo.api() + "/branch/bare").expect(200);
        assertThat(ann.http()
                        .get(repo.api() + "/revision/bare")
                        .expect(200)
                        .json()
                        .getString("sha"))
                .isEqualTo(repo.head());
        HubHttp session = HUB.withCookie(HUB.login(ann.name(), ann.password()).expect(200));
        session.post("/api/auth/logout").expect(200);
    }

    @Test
    @DisplayName("point 25 (contract, section 1.3): unknown query parameters and JSON fields are tolerated")
    void unknown_fields_are_tolerated() {
        String name = RunningHub.newName("r");
        JsonObject create = Json.createObjectBuilder()
                .add("name", name)
                .add("type", "model")
                .add("visibility", "private")
                .add("lfsmultipartthresh", 5)
                .add("region", "eu")
                .add("surprise", Json.createArrayBuilder().add(1))
                .build();
        ann.http().post("/api/repos/create?surprise=1", create).expect(200);
        TestRepo repo = new TestRepo(ann, "model", ann.name() + '/' + name);
        assertThat(ann.http()
                        .get(repo.api() + "?surprise=1&blobs=True")
                        .expect(200)
                        .json()
                        .getBoolean("private"))
                .isTrue();
        ann.http()
                .get(repo.api() + "/tree/main?recursive=True&expand=False&foo=bar")
                .expect(200);
        JsonObjectBuilder value = Json.createObjectBuilder()
                .add("path", "a.txt")
                .add("encoding", "utf-8")
                .add("content", "grüße")
                .add("mode", "none");
        repo.commitAnswer("main", Operations.commit("Add").line("file", value)).expect(200);
        assertThat(repo.download("main", "a.txt")).isEqualTo(Bytes.utf8("grüße"));
    }

    private static JsonObject firstObject(Answer batch) {
        return batch.expect(200).json().getJsonArray("objects").getJsonObject(0);
    }
}
