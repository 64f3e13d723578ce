package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
import org.kohakuhub.xet.format.Packed;

/** Who gets a CAS token, what it is good for, and for how long. */
@Tag("core")
class XetRightsIT {
    private static final RunningHub HUB = RunningHub.shared();

    private static HubUser ann;
    private static HubUser bob;
    private static TestRepo repo;
    private static TestRepo hidden;
    private static Packed stored;

    @BeforeAll
    static void a_world() {
        ann = HUB.newUser();
        bob = HUB.newUser();
        repo = ann.newModel();
        hidden = ann.newPrivateModel();
        stored = Cas.committed(repo, 300_000);
    }

    /** All that a token opens, with bodies that would be right. */
    private static List<Answer> everything(Cas cas, HubHttp http) {
        Packed packed = Packed.of(Bytes.fresh(2_000));
        return Stream.concat(
                        Stream.of(
                                http.send(
                                        "POST", cas.xorbUrl(packed.xorb().hash().hex()), null, packed.body()),
                                http.send("POST", cas.url() + "/v1/shards", null, stored.shard()),
                                http.send("POST", cas.url() + "/v2/shards", null, stored.shard())),
                        reads(cas, http).stream())
                .toList();
    }

    private static List<Answer> reads(Cas cas, HubHttp http) {
        return Stream.of(
                        "/v1/reconstructions/" + stored.file(),
                        "/v2/reconstructions/" + stored.file(),
                        "/v1/files/" + stored.file(),
                        "/v1/chunks/default/" + stored.xorb().chunks().hash(0))
                .map(path -> http.get(cas.url() + path))
                .toList();
    }

    static Map<String, Function<Cas, HubHttp>> strangers() {
        return Map.ofEntries(
                Map.entry("nobody", cas -> HUB.anonymous()),
                Map.entry("an empty token", cas -> HUB.bearer("")),
                Map.entry("a word", cas -> HUB.bearer("token")),
                Map.entry("a dot", cas -> HUB.bearer(".")),
                Map.entry("a text without its signature", cas -> HUB.bearer(text(cas))),
                Map.entry("a text with an empty signature", cas -> HUB.bearer(text(cas) + '.')),
                Map.entry("a signature without its text", cas -> HUB.bearer('.' + signature(cas))),
                Map.entry("another signature", cas -> HUB.bearer(text(cas) + '.' + flipped(signature(cas)))),
                Map.entry("a longer signature", cas -> HUB.bearer(cas.token() + 'A')),
                Map.entry("a longer life", cas -> changed(cas, "[0-9]+$", "9999999999")),
                Map.entry("a life that has ended", cas -> changed(cas, "[0-9]+$", "1000000000")),
                Map.entry("the scope WRITE", cas -> changed(cas, "^READ", "WRITE")),
                Map.entry("the site administrator's mark", cas -> changed(cas, "\nu\n", "\na\n")),
                Map.entry("no text but its fields", cas -> changed(cas, "(?s).*", "\n\n\n\n\n\n")),
                Map.entry("the hub's token", cas -> ann.http()),
                Map.entry("the administrator's token", cas -> HUB.siteAdmin()),
                Map.entry(
                        "the hub's token as a password", cas -> HUB.anonymous().with("Authorization", ann.basic())),
                Map.entry(
                        "the right token as a password",
                        cas -> HUB.anonymous()
                                .with("Authorization", "Basic " + Bytes.base64(Bytes.utf8("ann:" + cas.token())))));
    }

    static Stream<String> strangerNames() {
        return strangers().keySet().stream().sorted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangerNames")
    void opens_nothing(String name) {
        Cas cas = Cas.reading(repo);

        List<Answer> answers = everything(cas, strangers().get(name).apply(cas));

        answers.forEach(answer -> answer.expectError(401, ""));
    }

    private static String text(Cas cas) {
        return cas.token().substring(0, cas.token().indexOf('.'));
    }

    private static String signature(Cas cas) {
        return cas.token().substring(cas.token().indexOf('.') + 1);
    }

    private static String flipped(String signature) {
        return (signature.charAt(0) == 'A' ? 'B' : 'A') + signature.substring(1);
    }

    /** The token's text says other things than what was signed. */
    private static HubHttp changed(Cas cas, String pattern, String replacement) {
        String text = new String(Base64.getUrlDecoder().decode(text(cas)), StandardCharsets.UTF_8);
        String other = text.replaceFirst(pattern, replacement);
        assertThat(other).isNotEqualTo(text);
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(Bytes.utf8(other));
        return HUB.bearer(encoded + '.' + signature(cas));
    }

    @Test
    void a_token_for_reading_takes_nothing_in() {
        Cas cas = Cas.reading(repo);
        Packed packed = Packed.of(Bytes.fresh(2_000));

        List.of(
                        cas.xorb(packed.xorb().hash(), packed.body()),
                        cas.xorb(stored.xorb().hash(), stored.body()),
                        cas.shard(stored.shard()),
                        cas.shardWithProgress(stored.shard()))
                .forEach(answer -> answer.expectError(403, ""));

        Cas writing = Cas.writing(repo);
        assertThat(writing.xorb(packed.xorb().hash(), packed.body())
                        .expect(200)
                        .json()
                        .getBoolean("was_inserted"))
                .isTrue();
        reads(writing, writing.http()).forEach(answer -> answer.expect(200));
    }

    @Test
    void a_token_for_chunks_is_none_of_the_hub_s() {
        HubHttp http = Cas.writing(hidden).http();
        JsonObject nothing = Json.createObjectBuilder().build();

        List.of(
                        http.get("/api/whoami-v2"),
                        http.get(hidden.api()),
                        http.get(hidden.api() + "/tree/main"),
                        http.get(hidden.api() + "/xet-write-token/main"),
                        http.post(hidden.api() + "/preupload/main", nothing),
                        http.post("/api/repos/create", nothing),
                        hidden.commitAs(http, "main", Operations.commit("Add").file("a.txt", new byte[1])),
                        hidden.batchAs(http, "download", stored.sha256().hex(), stored.content().length))
                .forEach(answer -> answer.expect(401));
        assertThat(hidden.entry("a.txt")).isNull();
    }

    @Test
    void a_member_who_was_put_out_cannot_use_what_he_was_given() {
        String org = ann.newOrganization();
        ann.admit(org, bob, "admin").expect(200);
        TestRepo shown = ann.newRepo("model", org, false);
        TestRepo secret = ann.newRepo("model", org, true);
        Packed theirs = Cas.committed(secret, 2_000);
        Cas shownDoor = Cas.writing(shown, bob.http());
        Cas secretDoor = Cas.writing(secret, bob.http());
        Packed packed = Packed.of(Bytes.fresh(2_000));
        secretDoor.file(theirs.file()).expect(200);

        ann.http().delete("/org/" + org + "/members/" + bob.name()).expect(200);

        shownDoor.xorb(packed.xorb().hash(), packed.body()).expectError(403, "");
        shownDoor.shard(theirs.shard()).expectError(403, "");
        shownDoor.shardWithProgress(theirs.shard()).expectError(403, "");
        Stream.of(
                        secretDoor.xorb(packed.xorb().hash(), packed.body()),
                        secretDoor.shard(theirs.shard()),
                        secretDoor.shardWithProgress(theirs.shard()),
                        secretDoor.file(theirs.file()),
                        secretDoor.plan(theirs.file(), "bytes=0-9"),
                        secretDoor.chunk(theirs.xorb().chunks().hash(0)))
                .forEach(answer -> answer.expectError(404, "RepoNotFound"));
        assertThat(Cas.writing(secret)
                        .xorb(packed.xorb().hash(), packed.body())
                        .json()
                        .getBoolean("was_inserted"))
                .as("nothing was stored before")
                .isTrue();
    }

    @Test
    void a_repository_that_was_hidden_or_deleted_is_closed_to_old_tokens() {
        TestRepo mine = ann.newModel();
        Packed packed = Cas.committed(mine, 2_000);
        Cas bobs = Cas.reading(mine, bob.http());
        Cas nobodys = Cas.reading(mine, HUB.anonymous());
        Cas anns = Cas.writing(mine);
        List.of(bobs, nobodys).forEach(cas -> cas.file(packed.file()).expect(200));

        ann.http()
                .put(mine.api() + "/settings", BadChanges.json("{'private':true}"))
                .expect(200);
        for (Cas cas : List.of(bobs, nobodys)) {
            Stream.of(cas.file(packed.file()), cas.plan(packed.file(), "bytes=0-9"))
                    .forEach(answer ->
                            assertThat(answer.status()).as("%s", answer).isIn(401, 404));
        }
        anns.file(packed.file()).expect(200);

        ann.http()
                .delete(
                        "/api/repos/delete",
                        Json.createObjectBuilder()
                                .add("name", mine.id())
                                .add("type", "model")
                                .build())
                .expect(200);
        Stream.of(
                        anns.file(packed.file()),
                        anns.plan(packed.file(), "bytes=0-9"),
                        anns.xorb(packed.xorb().hash(), packed.body()),
                        anns.shard(packed.shard()))
                .forEach(answer -> answer.expectError(404, "RepoNotFound"));
    }

    @Test
    void tokens_are_given_to_those_who_may() {
        String shown = repo.api();
        String secret = hidden.api();
        String missing = "/api/models/" + ann.name() + "/nothing";
        String write = "/xet-write-token/main";
        String read = "/xet-read-token/main";

        bob.http().get(shown + write).expectError(403, "");
        ann.readOnly().get(shown + write).expectError(403, "");
        ann.readOnly().get(secret + write).expectError(403, "");
        HUB.anonymous().get(shown + write).expect(401);
        ann.readOnly().get(secret + read).expect(200);
        HUB.anonymous().get(shown + read).expect(200);
        for (String token : List.of(write, read)) {
            Answer hiddenFromBob = bob.http().get(secret + token);
            Answer reallyMissing = bob.http().get(missing + token);
            hiddenFromBob.expectError(404, "RepoNotFound");
            reallyMissing.expectError(404, "RepoNotFound");
            assertThat(hiddenFromBob.text()).isEqualTo(reallyMissing.text());
            assertThat(HUB.anonymous().get(secret + token).status())
                    .isEqualTo(HUB.anonymous().get(missing + token).status())
                    .isIn(401, 404);
        }
        List.of(bob.http().get(shown + write), bob.http().get(secret + read))
                .forEach(answer -> assertThat(answer.headers().map().keySet())
                        .doesNotContain("x-xet-access-token", "x-xet-cas-url"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"refs%2Fpr%2F1", "nope", "feature%2Fnone", "0123456789012345678901234567890123456789"})
    void there_is_no_token_for_a_revision_that_is_not_there(String revision) {
        ann.http().get(repo.api() + "/xet-write-token/" + revision).expectError(404, "RevisionNotFound");
        ann.http().get(repo.api() + "/xet-read-token/" + revision).expectError(404, "RevisionNotFound");
    }

    @Test
    void a_commit_can_be_read_from_and_not_written_to() {
        ann.http().get(repo.api() + "/xet-write-token/" + repo.head()).expectError(404, "RevisionNotFound");
        ann.http().get(repo.api() + "/xet-read-token/" + repo.head()).expect(200);
    }
}
