package org.kohakuhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A repository of a test, and the requests that the contract has for it, as its owner makes them. */
public record TestRepo(HubUser owner, String type, String id) {

    /** The name without the namespace. */
    public String name() {
        return id.substring(id.indexOf('/') + 1);
    }

    /** {@code /api/models/ns/name}. */
    public String api() {
        return "/api/" + type + "s/" + id;
    }

    /** {@code /ns/name} for models, {@code /datasets/ns/name} and alike for others: below it are resolve and git. */
    public String web() {
        return (type.equals("model") ? "/" : '/' + type + "s/") + id;
    }

    /** The address of a file, quoted as the client does: slashes stay. */
    public String resolve(String revision, String path) {
        return web() + "/resolve/" + quote(revision) + '/' + quote(path).replace("%2F", "/");
    }

    /** One URL-quoted segment. */
    public static String quote(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Commits to {@code main} as the owner; gives the new commit's id. */
    public String commit(Operations operations) {
        return commitAnswer("main", operations).expect(200).json().getString("commitOid");
    }

    public Answer commitAnswer(String revision, Operations operations) {
        return commitAs(owner.http(), revision, operations);
    }

    public Answer commitAs(HubHttp http, String revision, Operations operations) {
        String path = api() + "/commit/" + quote(revision);
        return http.send("POST", path, "application/x-ndjson", operations.body());
    }

    /** One regular file on {@code main}; gives the new commit's id. */
    public String commitFile(String path, byte[] content) {
        return commit(Operations.commit("Add " + path).file(path, content));
    }

    /** Uploads a content and commits it as an LFS file; gives the new commit's id. */
    public String commitLfs(String path, byte[] content) {
        upload(content);
        return commit(Operations.commit("Add " + path).lfsFile(path, Bytes.sha256(content), content.length));
    }

    /** Uploads a content by the basic transfer and has it verified. */
    public void upload(byte[] content) {
        JsonObject object = batch("upload", Bytes.sha256(content), content.length)
                .expect(200)
                .json()
                .getJsonArray("objects")
                .getJsonObject(0);
        if (!object.containsKey("actions")) {
            return;
        }
        JsonObject actions = object.getJsonObject("actions");
        String href = actions.getJsonObject("upload").getString("href");
        Answer put = owner.bare().send("PUT", href, null, content);
        assertThat(put.status()).as("%s", put).isBetween(200, 299);
        if (actions.containsKey("verify")) {
            verify(actions, Bytes.sha256(content), content.length).expect(200);
        }
    }

    public Answer verify(JsonObject actions, String oid, long size) {
        JsonObject body =
                Json.createObjectBuilder().add("oid", oid).add("size", size).build();
        return lfs(owner.http(), actions.getJsonObject("verify").getString("href"), body);
    }

    /** The batch request of one object as huggingface_hub sends it. */
    public Answer batch(String operation, String oid, long size) {
        return batchAs(owner.http(), operation, oid, size);
    }

    public Answer batchAs(HubHttp http, String operation, String oid, long size) {
        JsonObject object =
                Json.createObjectBuilder().add("oid", oid).add("size", size).build();
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("operation", operation)
                .add("transfers", Json.createArrayBuilder().add("basic").add("multipart"))
                .add("objects", Json.createArrayBuilder().add(object))
                .add("hash_algo", "sha256");
        if (operation.equals("upload")) {
            body.add("ref", Json.createObjectBuilder().add("name", "main"));
        }
        return lfs(http, web() + ".git/info/lfs/objects/batch", body.build());
    }

    /** A request in the media type of git-lfs. */
    public static Answer lfs(HubHttp http, String path, JsonObject body) {
        return http.with("Accept", "application/vnd.git-lfs+json")
                .send("POST", path, "application/vnd.git-lfs+json", Bytes.utf8(body.toString()));
    }

    /** The commit that {@code main} is at. */
    public String head() {
        return owner.http().get(api() + "/revision/main").expect(200).json().getString("sha");
    }

    /** All refs with their commits: what a refused request must not change. */
    public JsonObject refs() {
        return owner.http().get(api() + "/refs").expect(200).json();
    }

    /** The entry of a path at {@code main}, or null if there is none. */
    public JsonObject entry(String path) {
        return owner.http().get(api() + "/tree/main?recursive=true&expand=false").expect(200).list().stream()
                .map(JsonValue::asJsonObject)
                .filter(entry -> entry.getString("path").equals(path))
                .findFirst()
                .orElse(null);
    }

    /** A content as GET gives it, through the redirect to the object store if there is one. */
    public byte[] download(String revision, String path) {
        Answer answer = owner.http().get(resolve(revision, path));
        if (answer.status() == 302) {
            answer = owner.bare().get(answer.header("Location"));
        }
        return answer.expect(200).body();
    }
}
