package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/**
 * Texts that users send and the hub keeps: each has a longest length that is taken, one more is refused, and so is a NUL,
 * whatever the database can hold.
 */
class StoredTextsIT {
    private static final RunningHub HUB = RunningHub.shared();

    private static HubUser ann;
    private static HubUser bob;
    private static TestRepo repo;
    private static TestRepo gated;
    private static String org;
    private static String collection;
    private static int discussion;

    /**
     * A field.
     *
     * @param send a request that carries the text there
     * @param longest characters that are taken
     * @param start what the text must begin with
     * @param tooLong the status of what is longer
     */
    record Field(String name, int longest, String start, int tooLong, BiFunction<String, String, Answer> send) {
        Answer send(String text) {
            return send.apply(text, RunningHub.newName("t"));
        }

        String text(int length) {
            return start + "x".repeat(length - start.length());
        }

        Field starting(String with) {
            return new Field(name, longest, with, tooLong, send);
        }

        Field refusing(int status) {
            return new Field(name, longest, start, status, send);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void a_world() {
        ann = HUB.newUser();
        bob = HUB.newUser();
        repo = ann.newModel();
        gated = ann.newModel();
        ann.http().put(gated.api() + "/settings", of("gated", "manual")).expect(200);
        bob.http().post('/' + gated.id() + "/ask-access", of("why", "so")).expect(200);
        org = ann.newOrganization();
        collection = ann.http()
                .post(
                        "/api/collections",
                        Json.createObjectBuilder(of("namespace", ann.name()))
                                .add("title", "One")
                                .build())
                .json()
                .getString("slug");
        discussion = ann.http()
                .post(
                        repo.api() + "/discussions",
                        discussion("A title", "A comment").build())
                .expect(200)
                .json()
                .getInt("num");
    }

    static Stream<Field> fields() {
        return Stream.of(
                field("commit summary", 1_000, (text, name) -> commit(text, "")),
                field("commit description", 65_536, (text, name) -> commit("One", text)),
                field(
                        "tag message",
                        65_536,
                        (text, name) -> post(
                                repo.api() + "/tag/main",
                                Json.createObjectBuilder(of("tag", name)).add("message", text))),
                field(
                        "squash message",
                        65_536,
                        (text, name) -> post(repo.api() + "/super-squash/main", builder("message", text))),
                field(
                        "organization description",
                        4_000,
                        (text, name) ->
                                post("/org/create", builder("name", name).add("description", text))),
                put("organization bio", 4_000, "/api/organizations/%s/settings", "bio"),
                put("user bio", 4_000, "/api/users/%s/settings", "bio"),
                put("full name", 255, "/api/users/%s/settings", "full_name"),
                put("website", 248, "/api/users/%s/settings", "website").starting("https://example.org/"),
                field(
                        "social media",
                        3_987,
                        (text, name) -> ann.http()
                                .put(
                                        "/api/users/" + ann.name() + "/settings",
                                        Json.createObjectBuilder()
                                                .add("social_media", of("github", text))
                                                .build())),
                field(
                        "repository description",
                        4_000,
                        (text, name) -> ann.http().put(repo.api() + "/settings", of("description", text))),
                field(
                        "discussion title",
                        200,
                        (text, name) -> post(repo.api() + "/discussions", discussion(text, "b"))),
                field(
                        "first comment",
                        65_536,
                        (text, name) -> post(repo.api() + "/discussions", discussion("Title", text))),
                field(
                        "comment",
                        65_536,
                        (text, name) ->
                                post(repo.api() + "/discussions/" + discussion + "/comment", builder("comment", text))),
                field(
                                "collection title",
                                120,
                                (text, name) -> post(
                                        "/api/collections",
                                        builder("namespace", ann.name()).add("title", text)))
                        .starting(RunningHub.newName("c")),
                field(
                        "collection description",
                        150,
                        (text, name) -> post(
                                "/api/collections",
                                builder("namespace", ann.name())
                                        .add("title", name)
                                        .add("description", text))),
                field(
                        "collection note",
                        500,
                        (text, name) -> post(
                                "/api/collections/" + collection + "/items",
                                Json.createObjectBuilder()
                                        .add(
                                                "item",
                                                builder("type", "model")
                                                        .add(
                                                                "id",
                                                                ann.newModel().id()))
                                        .add("note", text))),
                field("webhook address", 2_000, (text, name) -> post("/api/settings/webhooks", webhook(text, "s")))
                        .starting("https://example.org/"),
                field(
                        "webhook secret",
                        500,
                        (text, name) -> post("/api/settings/webhooks", webhook("https://example.org/", text))),
                field(
                                "gate form",
                                19_990,
                                (text, name) ->
                                        HUB.newUser().http().post('/' + gated.id() + "/ask-access", of("why", text)))
                        .refusing(413),
                field("rejection reason", 1_000, (text, name) -> reject(text)),
                field("token name", 100, (text, name) -> post("/api/auth/tokens/create", builder("name", text))),
                field(
                        "protection pattern",
                        200,
                        (text, name) -> post(repo.api() + "/protection", builder("pattern", text))),
                field("lock path", 255, (text, name) -> lfs(builder("path", text)))
                        .refusing(422)
                        .starting(RunningHub.newName("l")),
                field("lock ref", 220, (text, name) -> lfs(builder("path", name).add("ref", builder("name", text))))
                        .refusing(422),
                field("program name", 100, (text, name) -> post("/oauth/device", builder("client_id", text))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fields")
    void is_bounded_and_holds_no_nul(Field field) {
        Answer longest = field.send(field.text(field.longest()));
        Answer tooLong = field.send(field.text(field.longest() + 1));
        Answer nul = field.send(field.start() + "a\0b");

        assertThat(longest.status()).as("%s", longest).isBetween(200, 299);
        assertThat(tooLong.status()).as("%s", tooLong).isEqualTo(field.tooLong());
        assertThat(nul.status()).as("%s", nul).isEqualTo(400);
        assertThat(nul.errorMessage()).contains("NUL");
    }

    private static Field field(String name, int longest, BiFunction<String, String, Answer> send) {
        return new Field(name, longest, "", 400, send);
    }

    /** A field of a profile: {@code %s} stands for whose it is. */
    private static Field put(String name, int longest, String path, String field) {
        return field(
                name,
                longest,
                (text, any) ->
                        ann.http().put(String.format(path, path.contains("org") ? org : ann.name()), of(field, text)));
    }

    private static Answer post(String path, JsonObjectBuilder body) {
        return ann.http().post(path, body.build());
    }

    private static Answer commit(String summary, String description) {
        JsonObjectBuilder header = builder("summary", summary).add("description", description);
        return repo.commitAnswer(
                "main",
                Operations.none().line("header", header).file("a.txt", Bytes.utf8(RunningHub.newName("content"))));
    }

    private static Answer lfs(JsonObjectBuilder lock) {
        return TestRepo.lfs(ann.http(), '/' + repo.id() + ".git/info/lfs/locks", lock.build());
    }

    /** Whose request was rejected cannot be rejected again. */
    private static Answer reject(String reason) {
        String path = gated.api() + "/user-access-request/handle";
        post(path, builder("user", bob.name()).add("status", "pending"));
        return post(path, builder("user", bob.name()).add("status", "rejected").add("rejectionReason", reason));
    }

    private static JsonObjectBuilder discussion(String title, String comment) {
        return builder("title", title).add("description", comment);
    }

    private static JsonObjectBuilder webhook(String url, String secret) {
        return builder("url", url)
                .add("secret", secret)
                .add(
                        "watched",
                        Json.createArrayBuilder().add(builder("type", "user").add("name", ann.name())));
    }

    private static JsonObjectBuilder builder(String field, String text) {
        return Json.createObjectBuilder().add(field, text);
    }

    private static JsonObject of(String field, String text) {
        return builder(field, text).build();
    }
}
