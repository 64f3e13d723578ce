package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.AtOnce;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Likes, followers, and what users and organizations tell of themselves (hf-api-contract.md, section 12). */
class SocialIT {
    private static final RunningHub HUB = RunningHub.shared();
    private static final HubUser ANN = HUB.newUser();
    private static final HubUser BOB = HUB.newUser();

    @TempDir
    Path home;

    private static JsonObject of(String name, String value) {
        return Json.createObjectBuilder().add(name, value).build();
    }

    private static long likes(TestRepo repo) {
        return ANN.http().get(repo.api()).expect(200).json().getInt("likes");
    }

    /** All items of a list, page by page. */
    private static List<String> all(HubHttp who, String path, String field) {
        List<String> seen = new ArrayList<>();
        String next = path;
        while (next != null) {
            Answer page = who.get(next).expect(200);
            page.list().forEach(item -> seen.add(item.asJsonObject().getString(field)));
            next = page.find("Link")
                    .map(link -> URI.create(link.substring(1, link.indexOf('>'))))
                    .map(uri -> uri.getRawPath() + "?" + uri.getRawQuery())
                    .orElse(null);
        }
        return seen;
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.33.0"})
    void the_client_sees_and_takes_back_likes(String version) {
        TestRepo repo = ANN.newModel();
        TestRepo data = ANN.newRepo("dataset", false);
        TestRepo hidden = ANN.newPrivateModel();
        HubUser fan = HUB.newUser();
        fan.http().post(repo.api() + "/like").expect(200);
        fan.http().post(data.api() + "/like").expect(200);
        fan.http().post(hidden.api() + "/like").expectError(404, "RepoNotFound");
        ANN.http().post(hidden.api() + "/like").expect(200);
        String printed = fan.client(version, home).run("""
                import sys
                from huggingface_hub import HfApi
                from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError
                api = HfApi()
                me, repo, data, hidden, ann = sys.argv[1:6]
                likes = api.list_liked_repos()
                assert (likes.user, likes.total) == (me, 2), likes
                assert likes.models == [repo] and likes.datasets == [data] and likes.spaces == []
                (liker,) = api.list_repo_likers(repo)
                assert liker.username == me and liker.fullname == me and liker.avatar_url
                assert api.model_info(repo).likes == 1
                api.unlike(repo)
                api.unlike(repo)
                assert list(api.list_repo_likers(repo)) == [] and api.model_info(repo).likes == 0
                assert [u.username for u in api.list_repo_likers(data, repo_type="dataset")] == [me]
                assert hidden not in api.list_liked_repos(ann).models
                for call in (lambda: api.unlike(hidden), lambda: list(api.list_repo_likers(hidden))):
                    try:
                        call()
                        raise SystemExit("seen")
                    except RepositoryNotFoundError:
                        pass
                try:
                    api.list_liked_repos("nobody-at-all")
                    raise SystemExit("somebody")
                except HfHubHTTPError as e:
                    assert e.response.status_code == 404
                print("done")
                """, fan.name(), repo.id(), data.id(), hidden.id(), ANN.name());
        assertThat(printed).contains("done");
        assertThat(all(ANN.http(), "/api/users/" + ANN.name() + "/likes?limit=1", "createdAt"))
                .isNotEmpty();
    }

    @Test
    void likes_are_counted_exactly_however_many_come_at_once() throws Exception {
        TestRepo repo = ANN.newModel();
        List<HubUser> fans = List.of(ANN, BOB, HUB.newUser(), HUB.newUser());
        List<Callable<Answer>> changes = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            for (HubUser fan : fans) {
                changes.add(() -> fan.http().post(repo.api() + "/like"));
                changes.add(() -> fan.http().delete(repo.api() + "/like"));
            }
        }
        AtOnce.run(changes).forEach(answer -> answer.expect(200));
        assertThat(likes(repo))
                .isEqualTo(
                        all(ANN.http(), repo.api() + "/likers?limit=1", "user").size());
        for (HubUser fan : fans) {
            fan.http().post(repo.api() + "/like").expect(200);
        }
        assertThat(likes(repo)).isEqualTo(4);
        assertThat(all(ANN.http(), repo.api() + "/likers?limit=3", "user"))
                .containsExactlyInAnyOrderElementsOf(
                        fans.stream().map(HubUser::name).toList());
    }

    @Test
    void a_like_needs_an_account_that_may_write() {
        TestRepo repo = ANN.newModel();
        HUB.anonymous().post(repo.api() + "/like").expect(401);
        BOB.readOnly().post(repo.api() + "/like").expect(403);
        HUB.anonymous().get(repo.api() + "/likers?limit=0").expect(400);
        HUB.anonymous().get(repo.api() + "/likers?cursor=1.x").expect(400);
        assertThat(likes(repo)).isZero();
    }

    @Tag("core")
    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.33.0"})
    void the_client_sees_users_and_organizations(String version) {
        HubUser eve = HUB.newUser();
        String org = ANN.newOrganization();
        ANN.admit(org, BOB, "member").expect(200);
        ANN.newRepo("model", org, false);
        ANN.newRepo("model", org, true);
        TestRepo liked = eve.newModel();
        eve.newPrivateModel();
        eve.http().post(liked.api() + "/like").expect(200);
        BOB.http().post("/api/users/" + eve.name() + "/follow").expect(200);
        BOB.http().post("/api/users/" + eve.name() + "/follow").expect(200);
        BOB.http().post("/api/organizations/" + org + "/follow").expect(200);
        String script = """
                import sys, os
                from huggingface_hub import HfApi
                from huggingface_hub.errors import HfHubHTTPError
                api = HfApi()
                eve, bob, ann, org = sys.argv[1:5]
                user = api.get_user_overview(eve)
                assert (user.username, user.fullname, user.user_type) == (eve, eve, "user"), user
                assert user.avatar_url and user.is_pro is False and user.orgs == []
                assert (user.num_models, user.num_likes, user.num_followers, user.num_following) == (1, 1, 1, 0), user
                assert user.is_following is True
                assert user.num_datasets == user.num_spaces == user.num_papers == user.num_upvotes == 0
                assert [u.username for u in api.list_user_followers(eve)] == [bob]
                following = list(api.list_user_following(bob))
                assert eve in [u.username for u in following] and org in [u.username for u in following]
                o = api.get_organization_overview(org)
                assert (o.name, o.fullname, o.details, o.num_users, o.num_models) == (org, org, "made by a test", 2, 2), o
                assert o.num_followers == 1 and o.is_following is True and o.is_verified is False
                assert sorted(u.username for u in api.list_organization_members(org)) == sorted([ann, bob])
                assert [u.username for u in api.list_organization_followers(org)] == [bob]
                assert org in [x.name for x in api.get_user_overview(bob).orgs]
                for call in (lambda: api.get_user_overview(org), lambda: api.get_organization_overview(eve),
                             lambda: list(api.list_organization_members("nobody-at-all"))):
                    try:
                        call()
                        raise SystemExit("somebody")
                    except HfHubHTTPError as e:
                        assert e.response.status_code == 404, e
                print("done")
                """;
        assertThat(BOB.client(version, home).run(script, eve.name(), BOB.name(), ANN.name(), org))
                .contains("done");
        JsonObject forNobody = HUB.anonymous()
                .get("/api/organizations/" + org + "/overview")
                .expect(200)
                .json();
        assertThat(forNobody.getInt("numModels")).isEqualTo(1);
        assertThat(forNobody.containsKey("isFollowing")).isFalse();
        BOB.http().delete("/api/users/" + eve.name() + "/follow").expect(200);
        BOB.http().delete("/api/organizations/" + org + "/follow").expect(200);
        assertThat(all(ANN.http(), "/api/users/" + eve.name() + "/followers", "user"))
                .isEmpty();
    }

    @Test
    void only_somebody_follows_and_not_himself() {
        HUB.anonymous().post("/api/users/" + BOB.name() + "/follow").expect(401);
        ANN.readOnly().post("/api/users/" + BOB.name() + "/follow").expect(403);
        BOB.http().post("/api/users/" + BOB.name() + "/follow").expect(400);
        BOB.http().post("/api/users/nobody-at-all/follow").expect(404);
    }

    @Test
    void a_user_describes_himself() {
        HubUser eve = HUB.newUser();
        String user = "/api/users/" + eve.name();
        JsonObject change = Json.createObjectBuilder()
                .add("full_name", "Eve Ünal")
                .add("bio", "Reads.")
                .add("website", "https://eve.example/x")
                .add("social_media", of("github", "eve"))
                .add("email", eve.name() + "@new.example")
                .build();
        eve.http().put(user + "/settings", change).expect(200);
        JsonObject profile = HUB.anonymous().get(user + "/profile").expect(200).json();
        assertThat(profile.getString("full_name")).isEqualTo("Eve Ünal");
        assertThat(profile.getString("bio")).isEqualTo("Reads.");
        assertThat(profile.getJsonObject("social_media").getString("github")).isEqualTo("eve");
        assertThat(profile.getString("_source")).isEqualTo("local");
        assertThat(profile.containsKey("email")).isFalse();
        assertThat(eve.http().get("/api/auth/me").json().getString("email")).endsWith("@new.example");
        assertThat(eve.http().get("/api/whoami-v2").json().getString("fullname"))
                .isEqualTo("Eve Ünal");
        eve.http()
                .put(
                        user + "/settings",
                        Json.createObjectBuilder().addNull("bio").build())
                .expect(200);
        assertThat(HUB.anonymous().get(user + "/profile").json().get("bio")).isEqualTo(JsonValue.NULL);
        assertThat(HUB.anonymous().get(user + "/type").json().getString("type")).isEqualTo("user");

        BOB.http().put(user + "/settings", of("bio", "stolen")).expect(403);
        HUB.anonymous().put(user + "/settings", of("bio", "stolen")).expect(401);
        eve.readOnly().put(user + "/settings", of("bio", "stolen")).expect(403);
        eve.http().put(user + "/settings", of("website", "javascript:alert(1)")).expect(400);
        eve.http().put(user + "/settings", of("email", "no address")).expect(400);
        eve.http()
                .put(user + "/settings", of("email", BOB.name() + "@example.org"))
                .expect(409);
        eve.http().put(user + "/settings", of("bio", "x".repeat(5_000))).expect(400);
        eve.http().put(user + "/settings", of("social_media", "x")).expect(400);
        HUB.anonymous().get("/api/users/nobody-at-all/profile").expect(404);
    }

    @Test
    void an_organization_is_described_by_its_admins() {
        String org = ANN.newOrganization();
        ANN.admit(org, BOB, "member").expect(200);
        String path = "/api/organizations/" + org;
        BOB.http().put(path + "/settings", of("description", "stolen")).expect(403);
        ANN.http().put(path + "/settings", of("description", "Ours")).expect(200);
        JsonObject profile = HUB.anonymous().get(path + "/profile").expect(200).json();
        assertThat(profile.getString("description")).isEqualTo("Ours");
        assertThat(profile.getInt("member_count")).isEqualTo(2);
        assertThat(HUB.anonymous()
                        .get("/api/users/" + org + "/type")
                        .expect(200)
                        .json()
                        .getString("type"))
                .isEqualTo("org");
    }

    @Test
    void what_runs_machines_is_refused_in_the_contracts_terms() {
        TestRepo space = ANN.newRepo("space", true);
        for (String path : List.of(
                "/api/jobs/" + ANN.name(),
                "/api/jobs/hardware",
                "/api/scheduled-jobs/" + ANN.name() + "/x/run",
                "/api/papers/search?q=x",
                "/api/daily_papers",
                "/papers/2101.00001.md",
                "/api/spaces/hardware",
                "/api/spaces/templates",
                "/api/spaces/semantic-search?q=x",
                space.api() + "/runtime",
                space.api() + "/secrets",
                space.api() + "/logs/run",
                space.api() + "/leaderboard")) {
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                ANN.http().send(method, path, null, new byte[0]).expectError(501, "NotImplemented");
            }
        }
        BOB.http().get(space.api() + "/runtime").expectError(404, "RepoNotFound");
        BOB.http()
                .send("POST", space.api() + "/pause", "application/json", Bytes.utf8("{}"))
                .expectError(404, "RepoNotFound");
    }
}
