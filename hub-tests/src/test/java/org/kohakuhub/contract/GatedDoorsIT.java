package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** The files of a gated repository, door by door: closed to all who were not let in, open to those who were. */
class GatedDoorsIT {
    private static final RunningHub HUB = RunningHub.shared();
    private static final byte[] LARGE = Bytes.random(50_000, 7);

    private static final Map<String, Function<HubHttp, Answer>> DOORS = new TreeMap<>();

    private static HubUser ann;
    private static HubUser eve;
    private static HubUser bob;
    private static TestRepo repo;

    @BeforeAll
    static void a_gated_repository() {
        ann = HUB.newUser();
        eve = HUB.newUser();
        bob = HUB.newUser();
        repo = ann.newModel();
        repo.commitFile("a.txt", Bytes.utf8("a\n"));
        String commit = repo.commitLfs("large.bin", LARGE);
        gate(repo, "manual");
        post(
                        ann.http(),
                        repo,
                        "grant",
                        Json.createObjectBuilder().add("user", bob.name()).build())
                .expect(200);
        TestRepo own = eve.newModel();
        TestRepo bobs = bob.newModel();
        DOORS.put("resolve", http -> http.get(repo.resolve("main", "a.txt")));
        DOORS.put("resolve of a commit", http -> http.head(repo.resolve(commit, "a.txt")));
        DOORS.put("resolve LFS", http -> http.get(repo.resolve("main", "large.bin")));
        DOORS.put("resolve of a missing file", http -> http.head(repo.resolve("main", "none.txt")));
        DOORS.put("typed resolve", http -> http.get("/models" + repo.resolve("main", "a.txt")));
        DOORS.put("tree", http -> http.get(repo.api() + "/tree/main"));
        DOORS.put(
                "paths-info",
                http -> http.send(
                        "POST",
                        repo.api() + "/paths-info/main",
                        "application/x-www-form-urlencoded",
                        Bytes.utf8("paths=a.txt")));
        DOORS.put("auth-check", http -> http.get(repo.api() + "/auth-check"));
        DOORS.put("diff", http -> http.get(repo.api() + "/commit/" + commit + "/diff"));
        DOORS.put("xet-read-token", http -> http.get(repo.api() + "/xet-read-token/main"));
        DOORS.put("git", http -> http.get(repo.web() + ".git/info/refs?service=git-upload-pack"));
        DOORS.put(
                "git-upload-pack",
                http -> http.send(
                        "POST",
                        repo.web() + ".git/git-upload-pack",
                        "application/x-git-upload-pack-request",
                        Bytes.utf8("0000")));
        DOORS.put("LFS", http -> repo.batchAs(http, "download", Bytes.sha256(LARGE), LARGE.length));
        DOORS.put("lfs-files/duplicate", http -> {
            String target = http.get("/api/whoami-v2").text().contains(bob.name()) ? bobs.id() : own.id();
            return http.post(
                    repo.api() + "/lfs-files/duplicate",
                    Json.createObjectBuilder()
                            .add(
                                    "target",
                                    Json.createObjectBuilder()
                                            .add("type", "model")
                                            .add("name", target))
                            .add(
                                    "files",
                                    Json.createArrayBuilder()
                                            .add(Json.createObjectBuilder().add("sha256", Bytes.sha256(LARGE))))
                            .build());
        });
    }

    static void gate(TestRepo repo, String gated) {
        repo.owner()
                .http()
                .put(
                        repo.api() + "/settings",
                        Json.createObjectBuilder().add("gated", gated).build())
                .expect(200);
    }

    static Answer post(HubHttp http, TestRepo repo, String what, JsonObject body) {
        return http.post(repo.api() + "/user-access-request/" + what, body);
    }

    private static String[] names() {
        return DOORS.keySet().toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closed_to_whoever_was_not_let_in(boolean readOnly) {
        HubHttp who = readOnly ? eve.readOnly() : eve.http();
        for (String name : names()) {
            Answer answer = DOORS.get(name).apply(who);
            assertThat(answer.status()).as("%s: %s", name, answer).isEqualTo(403);
            assertThat(answer.errorCode()).as(name).isEqualTo("GatedRepo");
            assertThat(answer.errorMessage()).as(name).contains("restricted", repo.id());
        }
    }

    @Test
    void nobody_in_particular_is_asked_to_log_in() {
        for (String name : names()) {
            Answer answer = DOORS.get(name).apply(HUB.anonymous());
            assertThat(answer.status()).as("%s: %s", name, answer).isEqualTo(401);
            assertThat(answer.errorCode()).as(name).isEqualTo("GatedRepo");
            boolean git = name.startsWith("git") || name.equals("LFS");
            assertThat(answer.find("WWW-Authenticate").isPresent()).as(name).isEqualTo(git);
        }
    }

    @Tag("core")
    @Test
    void open_to_whoever_was_let_in_and_to_the_owner() {
        for (HubHttp who : new HubHttp[] {bob.http(), ann.http()}) {
            for (String name : names()) {
                Answer answer = DOORS.get(name).apply(who);
                boolean missing = name.contains("missing");
                if (name.equals("git-upload-pack")
                        || name.equals(
                                "lfs-files/duplicate")) { // an empty fetch may be refused, a gate may not be the reason
                    assertThat(answer.errorCode()).as("%s: %s", name, answer).isNotEqualTo("GatedRepo");
                } else {
                    assertThat(answer.status())
                            .as("%s: %s", name, answer)
                            .isIn(missing ? 404 : 200, missing ? 404 : 302);
                }
            }
        }
    }

    @Test
    void what_a_gated_repository_tells_of_itself_stays_public() {
        for (HubHttp who : new HubHttp[] {HUB.anonymous(), eve.http()}) {
            JsonObject info = who.get(repo.api()).expect(200).json();
            assertThat(info.getString("gated")).isEqualTo("manual");
            who.get(repo.api() + "/revision/main").expect(200);
            who.get(repo.api() + "/refs").expect(200);
            who.get(repo.api() + "/commits/main").expect(200);
        }
    }

    @Test
    void members_and_the_site_administrator_need_not_ask() {
        String org = ann.newOrganization();
        ann.admit(org, bob, "visitor").expect(200);
        TestRepo ours = ann.newRepo("dataset", org, false);
        ours.commitFile("a.txt", Bytes.utf8("a"));
        gate(ours, "auto");
        bob.http().get(ours.resolve("main", "a.txt")).expect(200);
        HUB.siteAdmin().get(ours.resolve("main", "a.txt")).expect(200);
        eve.http().get(ours.resolve("main", "a.txt")).expectError(403, "GatedRepo");
        eve.http().get(ours.api() + "/auth-check/write").expect(403);
    }

    /** A CAS token that was handed out is worth nothing from the moment on that access is taken back. */
    @Test
    void a_token_of_who_was_let_in_ends_with_his_access() {
        TestRepo other = ann.newModel();
        Cas.writing(other).upload(Bytes.random(20_000, 3));
        gate(other, "auto");
        eve.http().post("/" + other.id() + "/ask-access").expect(200);
        Answer grant = eve.http().get(other.api() + "/xet-read-token/main").expect(200);
        HubHttp cas = HUB.bearer(grant.json().getString("accessToken"));
        String url = grant.json().getString("casUrl") + "/v1/reconstructions/" + "0".repeat(64);
        cas.get(url).expect(404);
        post(
                        ann.http(),
                        other,
                        "handle",
                        Json.createObjectBuilder()
                                .add("user", eve.name())
                                .add("status", "rejected")
                                .build())
                .expect(200);
        assertThat(cas.get(url).errorCode()).isEqualTo("GatedRepo");
        eve.http().get(other.resolve("main", "a")).expectError(403, "GatedRepo");
    }

    @Test
    void rows_of_a_gated_dataset_are_files_too() {
        TestRepo data = ann.newRepo("dataset", false);
        data.commitFile("data.csv", Bytes.utf8("a,b\n1,2\n"));
        gate(data, "manual");
        for (String door : new String[] {
            "/api/datasets-server/splits?dataset=" + data.id(),
            "/api/datasets-server/first-rows?dataset=" + data.id() + "&config=default&split=train",
            data.api() + "/parquet"
        }) {
            eve.http().get(door).expectError(403, "GatedRepo");
            HUB.anonymous().get(door).expectError(401, "GatedRepo");
        }
    }

    /** A private repository stays hidden, gated or not. */
    @Test
    void a_hidden_repository_is_not_betrayed_by_its_gate() {
        TestRepo hidden = ann.newPrivateModel();
        gate(hidden, "auto");
        eve.http().get(hidden.resolve("main", "a")).expectError(404, "RepoNotFound");
        eve.http().post("/" + hidden.id() + "/ask-access").expectError(404, "RepoNotFound");
        post(
                        eve.http(),
                        hidden,
                        "grant",
                        Json.createObjectBuilder().add("user", eve.name()).build())
                .expectError(404, "RepoNotFound");
    }
}
