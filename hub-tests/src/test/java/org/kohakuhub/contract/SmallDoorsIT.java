package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Addresses that answer in one way only, and those of the hosted service, which this hub refuses. */
class SmallDoorsIT {
    private static final RunningHub hub = RunningHub.shared();

    private static JsonObject name(String name, String namespace) {
        var body = Json.createObjectBuilder().add("name", name);
        if (namespace != null) {
            body.add("namespace", namespace);
        }
        return body.build();
    }

    @Test
    void the_front_page_is_for_people_and_for_programs() {
        Answer page = hub.anonymous().with("Accept", "text/html").get("/").expect(200);
        assertThat(page.text()).contains("HF_ENDPOINT=");
        JsonObject front = hub.anonymous()
                .with("Accept", "application/json")
                .get("/")
                .expect(200)
                .json();
        assertThat(front.getString("status")).isNotEmpty();
        JsonObject version = hub.anonymous().get("/api/version").expect(200).json();
        assertThat(version.getString("version")).isEqualTo(front.getString("version"));
        JsonObject site = hub.anonymous().get("/api/site-config").expect(200).json();
        assertThat(site.keySet())
                .containsExactlyInAnyOrder("site_name", "invitation_only", "require_email_verification");
    }

    @Test
    void names_are_checked_before_they_are_taken() {
        HubUser ann = hub.newUser();
        TestRepo repo = ann.newModel();
        HubHttp http = ann.http();
        String free = RunningHub.newName("r");
        assertThat(check(http, name(free, ann.name())).getBoolean("available")).isTrue();
        JsonObject taken = check(http, name(repo.name(), ann.name()));
        assertThat(taken.getBoolean("available")).isFalse();
        assertThat(taken.getString("conflict_with")).isEqualTo(repo.name());
        String alike = repo.name().substring(0, 4) + '_' + repo.name().substring(4);
        assertThat(check(http, name(alike, ann.name())).getBoolean("available")).isFalse();
        assertThat(check(http, name(ann.name(), null)).getBoolean("available")).isFalse();
        assertThat(check(http, name("..", null)).getBoolean("available")).isFalse();
        TestRepo hidden = ann.newPrivateModel();
        hub.anonymous()
                .post("/api/validate/check-name", name(hidden.name(), ann.name()))
                .expect(200);
    }

    private static JsonObject check(HubHttp http, JsonObject body) {
        return http.post("/api/validate/check-name", body).expect(200).json();
    }

    @Test
    void repositories_without_a_namespace_are_missing_ones() {
        HubHttp http = hub.newUser().http();
        for (String type : new String[] {"models", "datasets", "spaces"}) {
            http.get("/api/" + type + "/gpt2").expectError(404, "RepoNotFound");
            for (String door : new String[] {"revision/main", "tree/main", "commits/main", "tag/v1"}) {
                http.get("/api/" + type + "/gpt2/" + door).expectError(404, "RepoNotFound");
            }
            http.post("/api/" + type + "/gpt2/paths-info/main", JsonValue.EMPTY_JSON_OBJECT)
                    .expectError(404, "RepoNotFound");
        }
        http.get("/gpt2/resolve/main/config.json").expectError(404, "RepoNotFound");
    }

    @Test
    void lists_of_ones_own_repositories_are_for_oneself() {
        HubUser ann = hub.newUser();
        HubUser bob = hub.newUser();
        TestRepo hidden = ann.newRepo("dataset", true);
        String organization = ann.newOrganization();
        TestRepo shared = ann.newRepo("model", organization, true);
        assertThat(ids(ann.http().get("/api/settings/repositories"))).contains(hidden.id());
        assertThat(ids(bob.http().get("/api/settings/repositories"))).isEmpty();
        hub.anonymous().get("/api/settings/repositories").expect(401);
        String door = "/api/organizations/" + organization + "/settings/repositories";
        assertThat(ids(ann.http().get(door))).containsExactly(shared.id());
        assertThat(ids(bob.http().get(door))).as("what he may not see").isEmpty();
        hub.anonymous().get(door).expect(401);
        assertThat(ann.http()
                        .get("/org/users/" + ann.name() + "/orgs")
                        .expect(200)
                        .text())
                .contains(organization);
        assertThat(ann.http()
                        .get("/api/organizations/" + organization + "/members")
                        .expect(200)
                        .text())
                .contains(ann.name());
        ann.http().get("/api/users/" + ann.name() + "/following").expect(200);
    }

    private static List<String> ids(Answer answer) {
        return answer.expect(200).list().stream()
                .map(JsonValue::asJsonObject)
                .map(repo -> repo.getString("id"))
                .toList();
    }

    @Test
    void folders_have_a_size() {
        HubUser ann = hub.newUser();
        TestRepo repo = ann.newModel();
        repo.commitFile("sub/a.txt", Bytes.utf8("12345"));
        repo.commitLfs("sub/b.bin", Bytes.random(2_000, 1));
        String door = repo.api() + "/treesize/main/sub";
        assertThat(hub.anonymous().get(door).expect(200).json().getInt("size")).isEqualTo(2_005);
        hub.anonymous().get(repo.api() + "/treesize/main/none").expectError(404, "EntryNotFound");
        hub.newUser().http().get(ann.newPrivateModel().api() + "/treesize/main").expectError(404, "RepoNotFound");
    }

    @Test
    void services_say_that_they_are_there() {
        hub.anonymous().get("/api/datasets-server/healthcheck").expect(200);
        assertThat(hub.anonymous().get("/api/telemetry/datasets/load").status()).isBetween(200, 204);
        HubUser ann = hub.newUser();
        Answer token =
                ann.http().get(ann.newModel().api() + "/xet-read-token/main").expect(200);
        assertThat(hub.bare()
                        .get(token.json().getString("casUrl") + "/health")
                        .expect(200)
                        .json()
                        .getString("status"))
                .isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/jobs/me",
                "/api/scheduled-jobs/me/1/run",
                "/api/papers/2401.00001",
                "/api/daily_papers",
                "/papers/2401.00001.md",
                "/api/inference-endpoints",
                "/api/inference-catalog",
                "/api/resource-groups/1",
                "/api/spaces/hardware",
                "/api/spaces/templates",
                "/api/spaces/semantic-search"
            })
    void the_hosted_service_is_refused(String path) {
        HubHttp http = hub.newUser().http();
        for (String verb : new String[] {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
            http.send(verb, path, "application/json", Bytes.utf8("{}")).expectError(501, "NotImplemented");
        }
        assertThat(http.send("HEAD", path, null, new byte[0]).status()).isEqualTo(501);
    }

    @Test
    void the_hosted_service_shows_nothing_of_private_repositories() {
        HubUser ann = hub.newUser();
        HubHttp bob = hub.newUser().http();
        TestRepo space = ann.newRepo("space", true);
        TestRepo dataset = ann.newRepo("dataset", true);
        for (String kind : new String[] {"runtime", "secrets", "variables", "logs/run", "volumes"}) {
            ann.http().get(space.api() + '/' + kind).expectError(501, "NotImplemented");
            bob.get(space.api() + '/' + kind).expectError(404, "RepoNotFound");
        }
        for (String kind : new String[] {"leaderboard", "resource-group", "scan"}) {
            ann.http().get(dataset.api() + '/' + kind).expectError(501, "NotImplemented");
            bob.get(dataset.api() + '/' + kind).expectError(404, "RepoNotFound");
        }
    }
}
