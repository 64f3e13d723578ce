package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Requests that must be refused: with which status, code and words, and that nothing was changed by them. */
@Tag("core")
class BadInputIT {
    private static final RunningHub HUB = RunningHub.shared();

    private static World world;
    private static List<String> before;

    @BeforeAll
    static void a_world() {
        world = World.create();
        before = world.state();
    }

    static Stream<BadRequest> requests() {
        return Stream.of(BadCommits.all(), BadReads.all(), BadChanges.all(), BadUploads.all(), BadCredentials.all())
                .flatMap(List::stream);
    }

    @Test
    void the_table_is_long_and_each_row_stands_once() {
        List<String> names = requests().map(BadRequest::name).toList();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(40);
        assertThat(requests()).extracting(BadRequest::fragment).doesNotContain("");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void is_refused_and_changes_nothing(BadRequest bad) {
        Answer answer = bad.send().apply(world);

        List<String> after = world.state();
        assertThat(after).as("%s: %s", bad, answer).isEqualTo(before);
        assertThat(answer.status()).as("%s: %s", bad, answer).isEqualTo(bad.status());
        assertThat(answer.errorCode()).as("X-Error-Code of %s: %s", bad, answer).isEqualTo(bad.code());
        assertThat(answer.errorMessage()).as("%s: %s", bad, answer).containsIgnoringCase(bad.fragment());
        JsonObject body = answer.json();
        assertThat(body.containsKey("error") ? body.getString("error") : body.getString("message")) // git-lfs's word
                .containsIgnoringCase(bad.fragment());
        assertThat(answer.header("X-Request-Id")).isNotBlank();
    }

    /** Payara closes the door on a backslash and a NUL before the hub sees them; WildFly leaves them to the hub. */
    @ParameterizedTest
    @ValueSource(strings = {"dir%5Cb.txt", "%5C..%5Ca.txt", "a%00.txt"})
    void a_path_that_the_server_may_stop_is_refused_by_one_of_the_two(String path) {
        Answer answer = world.http().get(world.repo().web() + "/resolve/main/" + path);

        if (answer.find("X-Request-Id").isPresent()) {
            answer.expectError(404, "EntryNotFound");
        } else {
            assertThat(answer.expect(400).body()).isEmpty();
        }
        assertThat(world.state()).isEqualTo(before);
    }

    /** Payara stops it with an answer of its own. */
    @Test
    void a_name_that_is_not_utf8_is_refused_by_one_of_the_two() {
        Answer answer = world.http().get("/api/models/%ED%A0%80/x").expect(400);

        if (answer.find("X-Request-Id").isPresent()) {
            assertThat(answer.errorMessage()).contains("UTF-8");
        } else {
            assertThat(answer.body()).isEmpty();
        }
        assertThat(world.state()).isEqualTo(before);
    }

    /**
     * One row of the table.
     *
     * @param code the expected {@code X-Error-Code}, empty for none
     * @param fragment what the message must contain, in any case
     */
    record BadRequest(String name, Function<World, Answer> send, int status, String code, String fragment) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Two people, what they own, and all that a refused request must leave alone.
     *
     * @param first the first commit of {@code repo}
     * @param bobsOid an LFS object that only {@code bobs} holds
     * @param readToken a token of ann's that may not write
     * @param deletedToken a token that was ann's
     */
    record World(
            HubUser ann,
            HubUser bob,
            TestRepo repo,
            TestRepo hidden,
            TestRepo bobs,
            String first,
            String bobsOid,
            String readToken,
            String deletedToken) {
        static World create() {
            HubUser ann = HUB.newUser();
            HubUser bob = HUB.newUser();
            TestRepo repo = ann.newModel();
            String first = repo.head();
            repo.commit(Operations.commit("Fill")
                    .file("a.txt", Bytes.utf8("0123456789"))
                    .file("dir/b.txt", Bytes.utf8("b")));
            repo.commitLfs("w.bin", Bytes.random(4000, 5));
            ann.http().post(repo.api() + "/branch/dev").expect(200);
            ann.http()
                    .post(
                            repo.api() + "/tag/main",
                            Json.createObjectBuilder().add("tag", "v1").build())
                    .expect(200);
            TestRepo hidden = ann.newPrivateModel();
            TestRepo bobs = bob.newPrivateModel();
            byte[] secret = Bytes.fresh(3000);
            bobs.commitLfs("secret.bin", secret);
            String readToken = newToken(ann, "read").getString("token");
            JsonObject deleted = newToken(ann, "write");
            ann.http()
                    .delete("/api/auth/tokens/" + deleted.getString("token_id"))
                    .expect(200);
            return new World(
                    ann, bob, repo, hidden, bobs, first, Bytes.sha256(secret), readToken, deleted.getString("token"));
        }

        private static JsonObject newToken(HubUser user, String role) {
            return user.http()
                    .post(
                            "/api/auth/tokens/create",
                            Json.createObjectBuilder()
                                    .add("name", role)
                                    .add("role", role)
                                    .build())
                    .expect(200)
                    .json();
        }

        HubHttp http() {
            return ann.http();
        }

        /** Commits to {@code main} of the public repository as its owner. */
        Answer commit(Operations operations) {
            return repo.commitAnswer("main", operations);
        }

        List<String> tokenIds() {
            return http().get("/api/auth/tokens").expect(200).json().getJsonArray("tokens").stream()
                    .map(token -> token.asJsonObject().getString("id"))
                    .toList();
        }

        /** Heads of all refs, files, both owners' repositories with their visibility, organizations and tokens. */
        List<String> state() {
            Stream<String> answers = Stream.of(
                            repo.api() + "/refs",
                            repo.api() + "/tree/main?recursive=true&expand=false",
                            hidden.api() + "/refs",
                            "/api/settings/repositories",
                            "/org/users/" + ann.name() + "/orgs")
                    .map(path -> http().get(path).expect(200).text());
            String ofBob =
                    bob.http().get("/api/settings/repositories").expect(200).text();
            return Stream.of(answers, tokenIds().stream(), Stream.of(ofBob))
                    .flatMap(texts -> texts)
                    .toList();
        }
    }
}
