package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/**
 * The points that servers get wrong, as far as they are about identity, errors, downloads and listings. The others are in
 * {@link SubtleUploadPointsIT}.
 */
@Tag("core")
class SubtleDownloadPointsIT {
    private static final RunningHub HUB = RunningHub.shared();
    private static final byte[] TEXT = Bytes.utf8("hello hub\n".repeat(400));
    private static final byte[] WEIGHTS = Bytes.random(70_000, 1);

    private static HubUser ann;
    private static TestRepo repo;
    private static String head;

    @BeforeAll
    static void one_regular_and_one_lfs_file() {
        ann = HUB.newUser();
        repo = ann.newModel();
        repo.commitFile("notes.txt", TEXT);
        head = repo.commitLfs("weights.bin", WEIGHTS);
    }

    @Test
    @DisplayName(
            "point 1 (contract, section 20.1): HEAD resolve answers 200 with the metadata itself and never redirects; GET redirects")
    void head_tells_and_get_redirects() {
        Answer told = ann.http()
                .with("Accept-Encoding", "identity")
                .head(repo.resolve("main", "weights.bin"))
                .expect(200);

        assertThat(told.find("Location")).isEmpty();
        assertThat(told.header("Content-Length")).isEqualTo(Integer.toString(WEIGHTS.length));
        assertThat(told.header("X-Linked-Size")).isEqualTo(Integer.toString(WEIGHTS.length));
        assertThat(told.header("X-Linked-ETag")).isEqualTo('"' + Bytes.sha256(WEIGHTS) + '"');
        assertThat(told.header("X-Repo-Commit")).isEqualTo(head);
        assertThat(told.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(told.body()).isEmpty();

        Answer sent = ann.http().get(repo.resolve("main", "weights.bin")).expect(302);
        assertThat(HUB.bare().get(sent.header("Location")).expect(200).body()).isEqualTo(WEIGHTS);

        Answer small = ann.http()
                .with("Accept-Encoding", "identity")
                .head(repo.resolve("main", "notes.txt"))
                .expect(200);
        assertThat(small.header("Content-Length")).isEqualTo(Integer.toString(TEXT.length));
        assertThat(small.find("Location")).isEmpty();
    }

    @Test
    @DisplayName("point 2 (contract, section 20.2): X-Error-Code on every 4xx that the client maps")
    void errors_have_the_code_that_the_client_maps() {
        List<String> below = List.of("", "/revision/main", "/tree/main", "/refs", "/commits/main");
        for (HubHttp caller : List.of(ann.http(), HUB.anonymous())) {
            for (String rest : below) {
                Answer missing = caller.get("/api/models/" + ann.name() + "/nothing" + rest);
                assertThat(missing.status()).as("%s", missing).isIn(401, 404);
                assertThat(missing.errorCode()).as("%s", missing).isEqualTo("RepoNotFound");
            }
            for (String method : List.of("HEAD", "GET")) {
                Answer missing =
                        caller.send(method, '/' + ann.name() + "/nothing/resolve/main/a.txt", null, new byte[0]);
                assertThat(missing.status()).as("%s", missing).isIn(401, 404);
                assertThat(missing.errorCode()).as("%s", missing).isEqualTo("RepoNotFound");
            }
        }
        for (String rest : List.of("/revision/nope", "/tree/nope", "/commits/nope")) {
            Answer unknown = ann.http().get(repo.api() + rest).expectError(404, "RevisionNotFound");
            assertThat(unknown.errorMessage()).startsWith("Invalid rev id");
        }
        ann.http().get(repo.resolve("nope", "notes.txt")).expectError(404, "RevisionNotFound");
        ann.http().get(repo.resolve("main", "nope.txt")).expectError(404, "EntryNotFound");
        ann.http().get(repo.api() + "/tree/main/nope").expectError(404, "EntryNotFound");
        ann.http().get(repo.api() + "/tree/main/notes.txt").expectError(404, "EntryNotFound");
        assertThat(ann.http().head(repo.resolve("main", "nope.txt")).expect(404).errorCode())
                .isEqualTo("EntryNotFound");
        ann.http()
                .delete(
                        "/api/repos/delete",
                        Json.createObjectBuilder().add("name", "nothing").build())
                .expectError(404, "RepoNotFound");
        Answer badToken = HUB.bearer("hf_nobodys").get(repo.api()).expectError(401, "");
        assertThat(badToken.errorMessage()).isEqualTo("Invalid credentials in Authorization header");
    }

    @Test
    @DisplayName("point 3 (contract, section 20.3): X-Repo-Commit on every resolve, on the 404 EntryNotFound too")
    void every_resolve_names_its_commit() {
        HubHttp http = ann.http();
        List<Answer> answers = List.of(
                http.head(repo.resolve("main", "notes.txt")),
                http.get(repo.resolve("main", "notes.txt")),
                http.head(repo.resolve(head, "weights.bin")),
                http.get(repo.resolve("refs/heads/main", "weights.bin")),
                http.with("Range", "bytes=0-9").get(repo.resolve("main", "notes.txt")),
                http.head(repo.resolve("main", "config.json")),
                http.get(repo.resolve(head, "config.json")));
        assertThat(answers).extracting(Answer::status).containsExactly(200, 200, 200, 302, 206, 404, 404);
        assertThat(answers).extracting(answer -> answer.header("X-Repo-Commit")).containsOnly(head);
    }

    @Test
    @DisplayName(
            "point 4 (contract, section 20.20): a range gets 206 with just its bytes, ends past the end are clamped")
    void ranges_are_exact() {
        for (String path : List.of("notes.txt", "weights.bin")) {
            byte[] whole = path.equals("notes.txt") ? TEXT : WEIGHTS;
            assertThat(range(path, "bytes=2-3")).isEqualTo(slice(whole, 2, 4));
            assertThat(range(path, "bytes=100-")).isEqualTo(slice(whole, 100, whole.length));
            assertThat(range(path, "bytes=-7")).isEqualTo(slice(whole, whole.length - 7, whole.length));
            assertThat(range(path, "bytes=10-99999999")).isEqualTo(slice(whole, 10, whole.length));
        }
        Answer beyond = ann.http().with("Range", "bytes=9000000-").get(repo.resolve("main", "notes.txt"));
        assertThat(beyond.expect(416).header("Content-Range")).isEqualTo("bytes */" + TEXT.length);
    }

    @Test
    @DisplayName("point 4 (contract, section 20.20): the 206 is not compressed though the client takes gzip")
    void ranges_are_not_compressed() {
        Answer part = ann.http()
                .with("Accept-Encoding", "gzip, deflate")
                .with("Range", "bytes=0-1999")
                .get(repo.resolve("main", "notes.txt"))
                .expect(206);
        assertThat(part.find("Content-Encoding")).isEmpty();
        assertThat(part.header("Content-Range")).isEqualTo("bytes 0-1999/" + TEXT.length);
        assertThat(part.body()).isEqualTo(slice(TEXT, 0, 2000));
    }

    private static byte[] range(String path, String range) {
        Answer answer = ann.http().with("Range", range).get(repo.resolve("main", path));
        if (answer.status() == 302) {
            answer = HUB.bare().with("Range", range).get(answer.header("Location"));
        }
        return answer.expect(206).body();
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    @Test
    @DisplayName("point 13 (contract, section 20.11): paths-info is form-encoded (and JSON is taken too)")
    void paths_info_takes_a_form() {
        String form = "paths=weights.bin&paths=not+there.txt&paths=notes.txt&expand=true";
        Answer byForm = ann.http()
                .send("POST", repo.api() + "/paths-info/main", "application/x-www-form-urlencoded", Bytes.utf8(form))
                .expect(200);
        assertThat(byForm.list().stream().map(entry -> entry.asJsonObject().getString("path")))
                .containsExactly("weights.bin", "notes.txt");
        assertThat(byForm.list().getJsonObject(0).getJsonObject("lastCommit").getString("id"))
                .isEqualTo(head);

        JsonObject json = Json.createObjectBuilder()
                .add("paths", Json.createArrayBuilder().add("notes.txt"))
                .add("expand", false)
                .build();
        Answer byJson = ann.http().post(repo.api() + "/paths-info/main", json).expect(200);
        assertThat(byJson.list().getJsonObject(0).getString("oid")).isEqualTo(Bytes.blobId(TEXT));
    }

    @Test
    @DisplayName("point 10 (contract, section 20.9): lfs.oid in tree, lfs.sha256 in siblings, pointerSize in both")
    void lfs_has_two_spellings() {
        JsonObject inTree = repo.entry("weights.bin");
        int pointerSize = Bytes.pointer(WEIGHTS).length;
        assertThat(inTree.getString("oid")).isEqualTo(Bytes.blobId(Bytes.pointer(WEIGHTS)));
        assertThat(inTree.getInt("size")).isEqualTo(WEIGHTS.length);
        assertThat(inTree.getJsonObject("lfs").getString("oid")).isEqualTo(Bytes.sha256(WEIGHTS));
        assertThat(inTree.getJsonObject("lfs").getInt("size")).isEqualTo(WEIGHTS.length);
        assertThat(inTree.getJsonObject("lfs").getInt("pointerSize")).isEqualTo(pointerSize);
        assertThat(repo.entry("notes.txt")).doesNotContainKey("lfs");

        JsonObject info = ann.http().get(repo.api() + "?blobs=true").expect(200).json();
        JsonObject sibling = info.getJsonArray("siblings").stream()
                .map(JsonValue::asJsonObject)
                .filter(file -> file.getString("rfilename").equals("weights.bin"))
                .findFirst()
                .orElseThrow();
        assertThat(sibling.getString("blobId")).isEqualTo(inTree.getString("oid"));
        assertThat(sibling.getInt("size")).isEqualTo(WEIGHTS.length);
        assertThat(sibling.getJsonObject("lfs").getString("sha256")).isEqualTo(Bytes.sha256(WEIGHTS));
        assertThat(sibling.getJsonObject("lfs").getInt("size")).isEqualTo(WEIGHTS.length);
        assertThat(sibling.getJsonObject("lfs").getInt("pointerSize")).isEqualTo(pointerSize);
    }

    @Test
    @DisplayName("point 15 (contract, section 20.12): null is not absent: no answer holds a null")
    void answers_hold_no_null() {
        HubHttp http = ann.http();
        for (String path : List.of(
                repo.api(),
                repo.api() + "?blobs=true",
                repo.api() + "/refs?include_prs=1",
                repo.api() + "/tree/main?recursive=true&expand=true",
                repo.api() + "/commits/main?expand%5B%5D=formatted",
                "/api/models?full=true&limit=5&author=" + ann.name(),
                "/api/whoami-v2")) {
            Answer answer = http.get(path).expect(200);
            assertThat(answer.text()).as(path).doesNotContain(":null");
        }
        assertThat(repo.batch("upload", Bytes.sha256(WEIGHTS), WEIGHTS.length).text())
                .doesNotContain("null");
    }

    @Test
    @DisplayName("point 16 (contract, section 20.13): dates end in Z")
    void dates_end_in_z() {
        String form = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";
        JsonObject info = ann.http().get(repo.api()).expect(200).json();
        assertThat(info.getString("lastModified")).matches(form);
        assertThat(info.getString("createdAt")).matches(form);
        JsonObject commit =
                ann.http().get(repo.api() + "/commits/main").expect(200).list().getJsonObject(0);
        assertThat(commit.getString("date")).matches(form);
        JsonObject entry = ann.http()
                .get(repo.api() + "/tree/main?expand=true")
                .expect(200)
                .list()
                .getJsonObject(0);
        assertThat(entry.getJsonObject("lastCommit").getString("date")).matches(form);
        JsonObject whoami = ann.http().get("/api/whoami-v2").expect(200).json();
        assertThat(whoami.getJsonObject("auth").getJsonObject("accessToken").getString("createdAt"))
                .matches(form);
    }

    @Test
    @DisplayName(
            "point 18 (contract, section 20.26): Link rel=next is absolute, on the caller's host, and keeps the filters")
    void next_page_keeps_the_filters() {
        HubUser bob = HUB.newUser();
        for (int i = 0; i < 3; i++) {
            bob.newModel();
        }
        HubHttp byName = bob.http().with("Host", "localhost:" + HUB.base().getPort());
        Answer page = byName.get("/api/models?author=" + bob.name() + "&limit=2&expand=sha&sort=lastModified")
                .expect(200);
        assertThat(page.list()).hasSize(2);
        String link = page.header("Link");
        assertThat(link)
                .startsWith("<http://localhost:" + HUB.base().getPort() + "/api/models?")
                .endsWith(">; rel=\"next\"");
        URI next = URI.create(link.substring(1, link.indexOf('>')));
        assertThat(next.getQuery()).contains("author=" + bob.name(), "limit=2", "expand=sha", "sort=lastModified");
        Answer last = bob.http()
                .get(HUB.url(next.getRawPath() + '?' + next.getRawQuery()))
                .expect(200);
        assertThat(last.list()).hasSize(1);
        assertThat(last.list().getJsonObject(0).getString("sha")).hasSize(40);
        assertThat(last.find("Link")).isEmpty();
        assertThat(page.list())
                .noneMatch(model -> model.asJsonObject()
                        .getString("id")
                        .equals(last.list().getJsonObject(0).getString("id")));
    }

    @Test
    @DisplayName(
            "point 21 (contract, section 20.18): the ETag is the content's hash, the same through gzip and for HEAD and GET")
    void the_etag_is_the_contents_hash() {
        String expected = '"' + Bytes.blobId(TEXT) + '"';
        String path = repo.resolve("main", "notes.txt");
        for (String encoding : List.of("identity", "gzip, deflate, br")) {
            HubHttp http = ann.http().with("Accept-Encoding", encoding);
            assertThat(http.head(path).header("ETag")).as(encoding).isEqualTo(expected);
            assertThat(http.get(path).header("ETag")).as(encoding).isEqualTo(expected);
        }
        assertThat(ann.http().get(repo.resolve("main", "weights.bin")).header("X-Linked-ETag"))
                .isEqualTo('"' + Bytes.sha256(WEIGHTS) + '"');
        TestRepo other = ann.newModel();
        other.commitFile("copy.txt", TEXT);
        assertThat(ann.http().head(other.resolve("main", "copy.txt")).header("ETag"))
                .isEqualTo(expected);
        ann.http().with("If-None-Match", expected).get(path).expect(304);
    }

    @Test
    @DisplayName("point 22 (contract, section 20.22): whoami.orgs is a list, empty without organizations")
    void whoami_lists_organizations() {
        HubUser bob = HUB.newUser();
        assertThat(bob.http().get("/api/whoami-v2").expect(200).json().getJsonArray("orgs"))
                .isEmpty();
        String org = bob.newOrganization();
        JsonObject whoami = bob.http().get("/api/whoami-v2").expect(200).json();
        assertThat(whoami.getString("type")).isEqualTo("user");
        assertThat(whoami.getString("name")).isEqualTo(bob.name());
        assertThat(whoami.getJsonArray("orgs")).hasSize(1);
        assertThat(whoami.getJsonArray("orgs").getJsonObject(0).getString("name"))
                .isEqualTo(org);
        JsonObject token = whoami.getJsonObject("auth").getJsonObject("accessToken");
        assertThat(token.getString("displayName")).isEqualTo("test");
        assertThat(token.getString("role")).isEqualTo("write");
    }
}
