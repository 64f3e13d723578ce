package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Asking for access, and answering (hf-api-contract.md, section 12). */
class AccessRequestsIT {
    private static final RunningHub HUB = RunningHub.shared();
    private static final HubUser EVE = HUB.newUser();

    @TempDir
    Path home;

    private final HubUser ann = HUB.newUser();
    private TestRepo repo;

    @BeforeEach
    void a_repository() {
        repo = ann.newModel();
        repo.commitFile("config.json", Bytes.utf8("{}"));
    }

    private static JsonObject of(String... pairs) {
        var body = Json.createObjectBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            body.add(pairs[i], pairs[i + 1]);
        }
        return body.build();
    }

    private Answer handle(HubHttp who, String... pairs) {
        return GatedDoorsIT.post(who, repo, "handle", of(pairs));
    }

    private List<String> listed(String status) {
        return ann.http().get(repo.api() + "/user-access-request/" + status).expect(200).list().stream()
                .map(entry -> entry.asJsonObject().getJsonObject("user").getString("user"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.33.0", "2.4.0"})
    void the_client_asks_waits_and_is_let_in(String version) {
        GatedDoorsIT.gate(repo, "manual");
        String script = """
                import sys
                from huggingface_hub import HfApi, hf_hub_download
                from huggingface_hub.errors import GatedRepoError
                api = HfApi()
                assert api.model_info(sys.argv[1]).gated == "manual"
                for call in (lambda: hf_hub_download(sys.argv[1], "config.json"),
                             lambda: api.auth_check(sys.argv[1]),
                             lambda: api.list_repo_files(sys.argv[1])):
                    try:
                        call()
                        print("in")
                    except GatedRepoError as e:
                        print(e.response.status_code, str(e).splitlines()[-1])
                """;
        assertThat(HUB.stranger(version, home).run(script, repo.id()))
                .contains("401")
                .doesNotContain("in\n");
        assertThat(EVE.client(version, home).run(script, repo.id())).contains("403", "not in the authorized list");
        EVE.http()
                .send(
                        "POST",
                        "/" + repo.id() + "/ask-access",
                        "application/x-www-form-urlencoded",
                        Bytes.utf8("affiliation=Acme+Inc&country=%C3%9Cbersee"))
                .expect(200);
        assertThat(EVE.client(version, home).run(script, repo.id())).contains("awaiting a review");

        String printed = ann.client(version, home).run("""
                import sys
                from huggingface_hub import HfApi
                from huggingface_hub.errors import HfHubHTTPError
                api = HfApi()
                repo, eve, ann = sys.argv[1:4]
                def status(call):
                    try:
                        call()
                        return 200
                    except HfHubHTTPError as e:
                        return e.response.status_code
                (request,) = api.list_pending_access_requests(repo)
                assert request.username == eve and request.fullname == eve and request.email, request
                assert request.status == "pending" and request.timestamp.year > 2000
                assert request.fields == {"affiliation": "Acme Inc", "country": "Übersee"}, request.fields
                assert list(api.list_accepted_access_requests(repo)) == []
                api.reject_access_request(repo, eve, rejection_reason="no")
                assert [r.username for r in api.list_rejected_access_requests(repo)] == [eve]
                assert status(lambda: api.reject_access_request(repo, eve, rejection_reason=None)) in range(400, 500)
                if hasattr(request, "request_id"):  # since 2.4
                    api.cancel_access_request(repo, request_id=request.request_id)
                    assert status(lambda: api.accept_access_request(repo, request_id="0" * 24)) == 404
                else:
                    api.cancel_access_request(repo, eve)
                assert status(lambda: api.cancel_access_request(repo, eve)) in range(400, 500)
                api.accept_access_request(repo, eve)
                assert status(lambda: api.accept_access_request(repo, eve)) in range(400, 500)
                assert [r.username for r in api.list_accepted_access_requests(repo)] == [eve]
                assert list(api.list_pending_access_requests(repo)) == []
                assert status(lambda: api.grant_access(repo, eve)) == 400
                assert status(lambda: api.accept_access_request(repo, ann)) == 404
                assert status(lambda: api.accept_access_request(repo, "nobody-at-all")) == 404
                api.update_repo_settings(repo, gated=False)
                assert status(lambda: api.grant_access(repo, eve)) == 400
                assert status(lambda: list(api.list_pending_access_requests(repo))) == 400
                api.update_repo_settings(repo, gated="manual")
                print("answered")
                """, repo.id(), EVE.name(), ann.name());
        assertThat(printed).contains("answered");
        assertThat(EVE.client(version, home).run(script, repo.id())).isEqualTo("in\nin\nin");
    }

    @Test
    void where_the_hub_answers_itself_asking_is_enough() {
        GatedDoorsIT.gate(repo, "auto");
        String door = repo.api() + "/ask-access";
        assertThat(EVE.http()
                        .post(door, of("why", "because"))
                        .expect(200)
                        .json()
                        .getString("status"))
                .isEqualTo("accepted");
        EVE.http().get(repo.resolve("main", "config.json")).expect(200);
        EVE.http().post(door).expect(409);
        ann.http().post(door).expect(409);
        HUB.anonymous().post(door).expect(401);
        EVE.readOnly().post(door).expect(403);
        assertThat(listed("accepted")).containsExactly(EVE.name());
        GatedDoorsIT.gate(ann.newRepo("dataset", false), "manual");
    }

    @Test
    void datasets_and_spaces_are_asked_for_below_their_folder() {
        TestRepo data = ann.newRepo("dataset", false);
        EVE.http().post(data.web() + "/ask-access").expect(400);
        GatedDoorsIT.gate(data, "manual");
        assertThat(EVE.http()
                        .post(data.web() + "/ask-access")
                        .expect(200)
                        .json()
                        .getString("status"))
                .isEqualTo("pending");
        EVE.http().post(data.web() + "/ask-access").expect(409);
        EVE.http().post("/datasets/" + ann.name() + "/missing/ask-access").expectError(404, "RepoNotFound");
    }

    @Test
    void only_who_writes_to_the_repository_answers_and_sees_who_asked() {
        GatedDoorsIT.gate(repo, "manual");
        EVE.http().post("/" + repo.id() + "/ask-access").expect(200);
        HubUser visitor = HUB.newUser();
        for (HubHttp who : new HubHttp[] {EVE.http(), visitor.http(), ann.readOnly()}) {
            who.get(repo.api() + "/user-access-request/pending").expect(403);
            handle(who, "user", EVE.name(), "status", "accepted").expect(403);
            GatedDoorsIT.post(who, repo, "grant", of("user", EVE.name())).expect(403);
        }
        HUB.anonymous().get(repo.api() + "/user-access-request/pending").expect(401);
        assertThat(listed("pending")).containsExactly(EVE.name());
    }

    @Test
    void bad_answers_are_refused() {
        GatedDoorsIT.gate(repo, "manual");
        EVE.http().post("/" + repo.id() + "/ask-access").expect(200);
        HubHttp http = ann.http();
        handle(http, "user", EVE.name()).expect(400);
        handle(http, "status", "accepted").expect(400);
        handle(http, "user", EVE.name(), "status", "maybe").expect(400);
        handle(http, "user", EVE.name(), "status", "accepted", "rejectionReason", "x")
                .expect(400);
        handle(http, "user", EVE.name(), "status", "rejected", "rejectionReason", "x".repeat(2_000))
                .expect(400);
        http.get(repo.api() + "/user-access-request/other").expect(404);
        http.get(repo.api() + "/user-access-request/pending?cursor=x").expect(400);
        http.send("POST", "/" + repo.id() + "/ask-access", "application/json", Bytes.utf8("["))
                .expect(400);
        http.send("POST", "/" + repo.id() + "/ask-access", "text/plain", Bytes.utf8("a=%zz"))
                .expect(400);
        http.send("POST", "/" + repo.id() + "/ask-access", "text/plain", new byte[70_000])
                .expect(413);
        assertThat(listed("pending")).containsExactly(EVE.name());
    }

    @Test
    void the_list_comes_in_pages() {
        GatedDoorsIT.gate(repo, "manual");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            HubUser user = HUB.newUser();
            GatedDoorsIT.post(ann.http(), repo, "grant", of("user", user.name()))
                    .expect(200);
            names.add(user.name());
        }
        List<String> seen = new ArrayList<>();
        String next = repo.api() + "/user-access-request/accepted?limit=2";
        while (next != null) {
            Answer page = ann.http().get(next).expect(200);
            page.list()
                    .forEach(entry ->
                            seen.add(entry.asJsonObject().getJsonObject("user").getString("user")));
            assertThat(page.list()).allMatch(entry -> !entry.asJsonObject().containsKey("fields"));
            next = page.find("Link")
                    .map(link -> URI.create(link.substring(1, link.indexOf('>'))))
                    .map(uri -> uri.getRawPath() + "?" + uri.getRawQuery())
                    .orElse(null);
        }
        assertThat(seen).containsExactlyElementsOf(names);
    }

    @Test
    void datasets_tells_its_user_what_to_do() {
        TestRepo data = ann.newRepo("dataset", false);
        data.commitFile("data.csv", Bytes.utf8("a,b\n1,2\n"));
        GatedDoorsIT.gate(data, "manual");
        String script = """
                import sys
                from datasets import load_dataset
                from datasets.exceptions import DatasetNotFoundError
                try:
                    load_dataset(sys.argv[1])
                except DatasetNotFoundError as e:
                    print(e)
                """;
        assertThat(EVE.datasets("5.2.0", home).run(script, data.id()))
                .contains("is a gated dataset on the Hub. Visit the dataset page");
    }
}
