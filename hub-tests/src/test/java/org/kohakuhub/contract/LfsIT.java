package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** The LFS batch API as docs/hf-api-contract.md, 9.3, and git-lfs's specification have it, request by request. */
class LfsIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final HubUser ann = hub.newUser();
    private static final HubUser bob = hub.newUser();

    private static JsonObject only(Answer batch) {
        return batch.expect(200).json().getJsonArray("objects").getJsonObject(0);
    }

    private static JsonObject asked(TestRepo repo, String operation, byte[] content) {
        return only(repo.batch(operation, Bytes.sha256(content), content.length));
    }

    private static void put(String address, byte[] content) {
        Answer put = hub.bare().send("PUT", address, null, content);
        assertThat(put.status()).as("%s", put).isBetween(200, 299);
    }

    private static String uploadAddress(JsonObject object) {
        return object.getJsonObject("actions").getJsonObject("upload").getString("href");
    }

    private static Answer verify(TestRepo repo, byte[] content) {
        return repo.verify(
                asked(repo, "upload", content).getJsonObject("actions"), Bytes.sha256(content), content.length);
    }

    /** What git-lfs shows and huggingface_hub reads: its own body, the hub's usual headers. */
    private static void assertLfsError(Answer answer, int status) {
        answer.expect(status);
        assertThat(answer.header("Content-Type")).startsWith("application/vnd.git-lfs+json");
        assertThat(answer.json().keySet()).containsExactlyInAnyOrder("message", "request_id");
        assertThat(answer.json().getString("message")).isNotBlank();
        assertThat(answer.json().getString("request_id")).isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.errorMessage()).isNotBlank();
    }

    private static void assertRefused(JsonObject object, int code) {
        assertThat(object.keySet()).containsExactlyInAnyOrder("oid", "size", "error");
        assertThat(object.getJsonObject("error").getInt("code")).isEqualTo(code);
        assertThat(object.getJsonObject("error").getString("message")).isNotBlank();
    }

    @Tag("core")
    @Test
    void a_small_object_is_put_verified_and_from_then_on_known() {
        TestRepo repo = ann.newPrivateModel();
        byte[] content = Bytes.fresh(5000);

        JsonObject wanted = asked(repo, "upload", content);
        assertThat(wanted.keySet()).containsExactlyInAnyOrder("oid", "size", "actions");
        assertThat(wanted.getJsonObject("actions").getJsonObject("upload").keySet())
                .containsExactlyInAnyOrder("href", "expires_in"); // no "chunk_size", and no null "header"
        put(uploadAddress(wanted), content);
        JsonObject actions = wanted.getJsonObject("actions");
        repo.verify(actions, Bytes.sha256(content), content.length).expect(200);
        repo.verify(actions, Bytes.sha256(content), content.length).expect(200); // the client may repeat it

        assertThat(asked(repo, "upload", content).keySet()).containsExactlyInAnyOrder("oid", "size");
        JsonObject found = asked(repo, "download", content);
        String href = found.getJsonObject("actions").getJsonObject("download").getString("href");
        assertThat(hub.bare().get(href).expect(200).body()).isEqualTo(content);
    }

    @Tag("core")
    @Test
    void a_large_object_is_put_in_parts_and_joined_without_credentials() {
        TestRepo repo = ann.newModel();
        byte[] content = Bytes.fresh((int) RunningHub.MULTIPART_BYTES);
        JsonObject actions = asked(repo, "upload", content).getJsonObject("actions");
        JsonObject header = actions.getJsonObject("upload").getJsonObject("header");
        int size = Integer.parseInt(header.getString("chunk_size"));
        assertThat(size).isEqualTo((int) RunningHub.PART_BYTES);
        TreeMap<Integer, String> addresses = new TreeMap<>();
        header.keySet().stream()
                .filter(key -> !key.equals("chunk_size"))
                .forEach(key -> addresses.put(Integer.valueOf(key), header.getString(key)));
        assertThat(addresses.keySet()).containsExactly(1, 2, 3, 4);

        JsonArrayBuilder parts = Json.createArrayBuilder();
        addresses.forEach((number, address) -> {
            int from = (number - 1) * size;
            byte[] part = Arrays.copyOfRange(content, from, Math.min(from + size, content.length));
            String etag =
                    hub.bare().send("PUT", address, null, part).expect(200).header("ETag");
            parts.add(Json.createObjectBuilder().add("partNumber", number).add("etag", etag));
        });
        JsonObject all = Json.createObjectBuilder()
                .add("oid", Bytes.sha256(content))
                .add("parts", parts)
                .build();
        String join = actions.getJsonObject("upload").getString("href");
        TestRepo.lfs(hub.anonymous(), join, all).expect(200);
        TestRepo.lfs(hub.anonymous(), join, all).expect(200); // the client may repeat it
        repo.verify(actions, Bytes.sha256(content), content.length).expect(200);

        repo.commit(Operations.commit("Add").lfsFile("large.bin", Bytes.sha256(content), content.length));
        assertThat(repo.download("main", "large.bin")).isEqualTo(content);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no signature    | (?<a>.*)&signature=.*              | ${a}",
                "no query        | (?<a>.*)\\?.*                      | ${a}",
                "other signature | (?<a>.*signature=).*               | ${a}AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "longer life     | (?<a>.*expires=)\\d+(?<b>.*)       | ${a}9999999999${b}",
                "ended long ago  | (?<a>.*expires=)\\d+(?<b>.*)       | ${a}1000000000${b}",
                "no time         | (?<a>.*expires=)\\d+(?<b>.*)       | ${a}soon${b}",
                "another upload  | (?<a>.*/multipart/)[^?]+(?<b>.*)   | ${a}0123456789ABCDEFGHJKMNPQRS${b}"
            })
    void an_address_to_join_parts_by_is_good_as_it_was_signed_only(String what, String pattern, String changed) {
        TestRepo repo = ann.newModel();
        JsonObject object = only(repo.batch("upload", Bytes.sha256(Bytes.fresh(10)), RunningHub.MULTIPART_BYTES));
        String address = uploadAddress(object);
        String other = address.replaceFirst(pattern, changed);
        JsonObject body = Json.createObjectBuilder()
                .add("oid", object.getString("oid"))
                .add("parts", Json.createArrayBuilder())
                .build();

        assertLfsError(TestRepo.lfs(hub.anonymous(), other, body), 403);
        assertLfsError(TestRepo.lfs(ann.http(), other, body), 403);
        assertLfsError(TestRepo.lfs(hub.anonymous(), address, body), 422); // signed; but no parts are not its parts
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"other bytes, 1000", "too few bytes, 999", "too many bytes, 1001"})
    void bytes_that_are_not_what_was_said_never_become_an_object(String what, int length) {
        TestRepo repo = ann.newModel();
        byte[] content = Bytes.fresh(1000);
        put(uploadAddress(asked(repo, "upload", content)), Bytes.random(length, 1));

        assertLfsError(verify(repo, content), 422);

        assertRefused(asked(repo, "download", content), 404);
        Operations link = Operations.commit("Link").lfsFile("a.bin", Bytes.sha256(content), content.length);
        repo.commitAnswer("main", link).expect(422);
        repo.upload(content); // the right ones are welcome still
        repo.commit(link);
        assertThat(repo.download("main", "a.bin")).isEqualTo(content);
    }

    @Test
    void nothing_uploaded_is_nothing_to_verify_or_to_commit() {
        TestRepo repo = ann.newModel();
        byte[] content = Bytes.fresh(1000);

        assertLfsError(verify(repo, content), 422);

        repo.commitAnswer("main", Operations.commit("Link").lfsFile("a.bin", Bytes.sha256(content), content.length))
                .expect(422);
    }

    @Tag("core")
    @Test
    void what_is_written_to_an_upload_address_later_changes_no_object() {
        TestRepo repo = ann.newModel();
        byte[] content = Bytes.fresh(1000);
        JsonObject object = asked(repo, "upload", content);
        put(uploadAddress(object), content);
        repo.verify(object.getJsonObject("actions"), Bytes.sha256(content), content.length)
                .expect(200);
        repo.commit(Operations.commit("Link").lfsFile("a.bin", Bytes.sha256(content), content.length));

        hub.bare().send("PUT", uploadAddress(object), null, Bytes.fresh(1000)); // the store may take it or not

        assertThat(repo.download("main", "a.bin")).isEqualTo(content);
    }

    @Tag("core")
    @Test
    void a_hash_alone_opens_no_object_of_another_repository() {
        TestRepo secret = ann.newPrivateModel();
        byte[] content = Bytes.fresh(3000);
        secret.commitLfs("weights.bin", content);
        Operations link = Operations.commit("Link").lfsFile("mine.bin", Bytes.sha256(content), content.length);

        for (TestRepo elsewhere : List.of(bob.newModel(), ann.newModel())) {
            assertRefused(asked(elsewhere, "download", content), 404);
            assertThat(asked(elsewhere, "upload", content)).containsKey("actions"); // not told that it is known
            assertLfsError(verify(elsewhere, content), 422);
            elsewhere.commitAnswer("main", link).expect(422);
            put(uploadAddress(asked(elsewhere, "upload", content)), Bytes.fresh(3000));
            assertLfsError(verify(elsewhere, content), 422);
            assertThat(elsewhere.entry("mine.bin")).isNull();

            elsewhere.upload(content); // who has the bytes may
            elsewhere.commit(link);
            assertThat(elsewhere.download("main", "mine.bin")).isEqualTo(content);
        }
        assertThat(secret.download("main", "weights.bin")).isEqualTo(content);
    }

    @Test
    void each_object_of_a_batch_is_answered_for_itself() {
        TestRepo repo = ann.newModel();
        byte[] known = Bytes.fresh(100);
        repo.upload(known);
        String oid = Bytes.sha256(Bytes.fresh(10));
        String objects = """
                [{"oid":"%1$s","size":10},{"oid":"%2$s","size":100},{"oid":"%2$s","size":99},{"oid":"xyz","size":1},
                 {"oid":"%1$s","size":-1},{"oid":"%1$s"},{"oid":"%1$s","size":"10"},{"size":1},
                 {"oid":"%1$s","size":6000000000000}]""".formatted(oid, Bytes.sha256(known));

        List<JsonObject> answers = batch(repo, ann.http(), "{\"operation\":\"upload\",\"objects\":" + objects + "}")
                .expect(200)
                .json()
                .getJsonArray("objects")
                .getValuesAs(JsonObject.class);

        assertThat(answers).hasSize(9);
        assertThat(answers.get(0)).containsKey("actions");
        assertThat(answers.get(1).keySet()).containsExactlyInAnyOrder("oid", "size");
        answers.subList(2, 9).forEach(answer -> assertRefused(answer, 422));
    }

    private static Answer batch(TestRepo repo, HubHttp who, String body) {
        return who.send(
                "POST",
                repo.web() + ".git/info/lfs/objects/batch",
                "application/vnd.git-lfs+json; charset=utf-8",
                Bytes.utf8(body));
    }

    @Test
    void a_batch_has_a_measure() {
        TestRepo repo = ann.newModel();

        List<JsonObject> most = batch(repo, ann.http(), downloadOf(1000))
                .expect(200)
                .json()
                .getJsonArray("objects")
                .getValuesAs(JsonObject.class);
        assertThat(most).hasSize(1000).allSatisfy(object -> assertRefused(object, 404));
        assertLfsError(batch(repo, ann.http(), downloadOf(1001)), 413);
        assertLfsError(batch(repo, ann.http(), "{\"x\":\"" + "x".repeat(5 << 20) + "\"}"), 413);
    }

    private static String downloadOf(int count) {
        JsonArrayBuilder objects = Json.createArrayBuilder();
        for (int i = 0; i < count; i++) {
            objects.add(
                    Json.createObjectBuilder().add("oid", "%064x".formatted(i)).add("size", 1));
        }
        JsonObjectBuilder body =
                Json.createObjectBuilder().add("operation", "download").add("objects", objects);
        return body.build().toString();
    }

    @Tag("core")
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{                                                           | 400",
                "[]                                                          | 400",
                "text                                                        | 400",
                "{} {}                                                       | 400",
                "{}                                                          | 422",
                "{\"operation\":\"upload\"}                                  | 422",
                "{\"operation\":\"upload\",\"objects\":{}}                   | 422",
                "{\"operation\":\"upload\",\"objects\":[1]}                  | 422",
                "{\"operation\":\"sideload\",\"objects\":[]}                 | 422",
                "{\"operation\":7,\"objects\":[]}                            | 400",
                "{\"operation\":\"upload\",\"objects\":[],\"hash_algo\":\"md5\"} | 409"
            })
    void a_body_that_is_no_batch_is_refused_in_the_form_of_lfs(String body, int status) {
        assertLfsError(batch(ann.newModel(), ann.http(), body), status);
    }

    @Test
    void refusals_have_the_form_of_lfs_whoever_is_refused() {
        TestRepo repo = ann.newModel();
        String upload = "{\"operation\":\"upload\",\"ref\":{\"name\":\"main\"},\"objects\":[]}";
        TestRepo missing = new TestRepo(ann, "model", ann.name() + "/nothing");

        Answer challenge = batch(repo, hub.anonymous(), upload);
        assertLfsError(challenge, 401);
        assertThat(challenge.header("LFS-Authenticate")).startsWith("Basic realm=");
        assertThat(challenge.header("WWW-Authenticate")).startsWith("Basic realm=");
        assertLfsError(batch(repo, bob.http(), upload), 403);
        assertLfsError(batch(missing, ann.http(), upload), 404);
        assertThat(batch(missing, ann.http(), upload).errorCode()).isEqualTo("RepoNotFound");
        assertLfsError(ann.http().get(missing.web() + ".git/info/lfs/locks"), 404);
    }
}
