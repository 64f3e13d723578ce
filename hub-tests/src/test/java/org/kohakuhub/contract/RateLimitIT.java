package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.OwnHub;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Rate limits (hf-api-contract.md, 1.5) on a hub with low ones. */
class RateLimitIT {
    private static final int QUOTA = 12;
    private static final int GUESSES = 4; // a password takes time
    private static final int WINDOW = 6;

    private static OwnHub own;
    private static RunningHub hub;

    @TempDir
    Path home;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        own = new OwnHub(
                Files.createDirectory(folder.resolve("data")),
                Map.of(
                        "KOHAKU_HUB_RATE_LIMIT_API", String.valueOf(QUOTA),
                        "KOHAKU_HUB_RATE_LIMIT_RESOLVE", String.valueOf(QUOTA),
                        "KOHAKU_HUB_RATE_LIMIT_GIT", String.valueOf(QUOTA),
                        "KOHAKU_HUB_RATE_LIMIT_XET", String.valueOf(QUOTA),
                        "KOHAKU_HUB_RATE_LIMIT_AUTH", String.valueOf(GUESSES),
                        "KOHAKU_HUB_RATE_LIMIT_WINDOW_SECONDS", String.valueOf(WINDOW)));
        hub = own.start();
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    /** Another person's address, as a proxy on this machine tells it. */
    private static HubHttp from(String address) {
        return hub.anonymous().with("X-Forwarded-For", address);
    }

    /** Asks until the limit is reached in a window of which something is left for what comes next. */
    private static Answer exhaust(Supplier<Answer> request) {
        for (int i = 0; i < 1_000; i++) {
            Answer answer = request.get();
            if (answer.status() == 429 && Integer.parseInt(answer.header("Retry-After")) > 2) {
                return answer;
            }
        }
        throw new AssertionError("no limit");
    }

    private static Answer exhaust(HubHttp who, String path) {
        return exhaust(() -> who.get(path));
    }

    private static void isRefusal(Answer answer, String route) {
        assertThat(answer.header("RateLimit")).matches("\"" + route + "\";r=0;t=[1-6]");
        int quota = route.equals("auth") ? GUESSES : QUOTA;
        assertThat(answer.header("RateLimit-Policy")).isEqualTo(policy(route, quota));
        assertThat(answer.header("Retry-After")).matches("[1-6]");
        assertThat(answer.errorMessage())
                .startsWith("Too many requests: the limit of '" + route + "' is " + quota + " in 6 seconds");
        assertThat(answer.json().getString("error")).isEqualTo(answer.errorMessage());
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
    }

    private static String policy(String route, int quota) {
        return "\"fixed window\";\"" + route + "\";q=" + quota + ";w=" + WINDOW;
    }

    private static Answer login(HubHttp who, String name, String password) {
        JsonObject body = Json.createObjectBuilder()
                .add("username", name)
                .add("password", password)
                .build();
        return who.post("/api/auth/login", body);
    }

    @Test
    void a_caller_is_told_how_he_stands_and_stopped() {
        HubUser ann = hub.newUser();
        HubUser bob = hub.newUser();
        Answer first = ann.http().get("/api/whoami-v2").expect(200);
        assertThat(first.header("RateLimit")).matches("\"api\";r=[0-9]+;t=[1-6]");
        assertThat(first.header("RateLimit-Policy")).isEqualTo(policy("api", QUOTA));
        isRefusal(exhaust(ann.http(), "/api/whoami-v2"), "api");
        bob.http().get("/api/whoami-v2").expect(200);
        ann.http().with("X-Admin-Token", hub.adminToken()).get("/api/whoami-v2").expect(200);
        assertThat(hub.anonymous().get("/health/live").find("RateLimit")).isEmpty();
    }

    @Test
    void files_and_git_have_limits_of_their_own() {
        HubUser ann = hub.newUser();
        TestRepo repo = ann.newModel();
        repo.commitFile("a.txt", Bytes.utf8("a"));
        HubHttp reader = from("198.51.100.1");
        String file = '/' + repo.id() + "/resolve/main/a.txt";
        isRefusal(exhaust(reader, file), "resolve");
        String refs = '/' + repo.id() + ".git/info/refs?service=git-upload-pack";
        isRefusal(exhaust(reader, refs), "git");
        reader.get("/api/models/" + repo.id()).expect(200);
        from("198.51.100.2").get(file).expect(200);
        from("198.51.100.1, 198.51.100.3").get(file).expect(200);
        isRefusal(exhaust(from("198.51.100.4, 198.51.100.3"), file), "resolve"); // what he says himself is nothing
    }

    @Test
    void passwords_are_not_guessed_by_any_door() {
        HubUser ann = hub.newUser();
        HubHttp thief = from("203.0.113.1");
        for (int i = 0; i < QUOTA + 3; i++) {
            login(from("203.0.113.9"), ann.name(), ann.password()).expect(200); // right ones do not count
        }
        byte[] wrong = Bytes.utf8(ann.name() + ":wrong");
        HubHttp atGit =
                thief.with("Authorization", "Basic " + Base64.getEncoder().encodeToString(wrong));
        login(thief, ann.name(), "wrong").expect(401);
        atGit.get("/api/whoami-v2").expect(401);
        Answer last = exhaust(() -> {
            atGit.get("/api/whoami-v2");
            return login(thief, ann.name(), "wrong");
        });
        isRefusal(last.expect(429), "auth");
        assertThat(login(thief, ann.name(), ann.password()).status()).isEqualTo(429);
        assertThat(thief.with("Authorization", ann.basic())
                        .get("/api/whoami-v2")
                        .status())
                .isEqualTo(429);
        login(from("203.0.113.2"), ann.name(), ann.password()).expect(200);
        thief.with("Authorization", "Bearer " + ann.token())
                .get("/api/whoami-v2")
                .expect(200);
    }

    @Test
    void the_administrators_token_is_not_guessed() {
        HubHttp thief = from("203.0.113.11");
        HubHttp guessing = thief.with("X-Admin-Token", "wrong");
        HubHttp right = thief.with("X-Admin-Token", hub.adminToken());
        for (int i = 0; i < QUOTA + 3; i++) {
            right.get("/api/whoami-v2"); // right ones do not count
        }
        guessing.get("/admin/api/xet").expect(403);
        isRefusal(exhaust(guessing, "/admin/api/xet"), "auth");
        assertThat(right.get("/api/version").status()).isEqualTo(429);
        thief.get("/api/version").expect(200);
        from("203.0.113.12")
                .with("X-Admin-Token", hub.adminToken())
                .get("/api/version")
                .expect(200);
    }

    @Test
    void the_cas_is_limited_by_the_user_of_its_token() {
        HubUser ann = hub.newUser();
        HubUser bob = hub.newUser();
        TestRepo repo = ann.newModel();
        JsonObject anns = grant(ann, repo);
        JsonObject bobs = grant(bob, repo);
        String path = anns.getString("casUrl") + "/v1/reconstructions/" + "0".repeat(64);
        hub.bearer(anns.getString("accessToken")).get(path).expect(404);
        isRefusal(exhaust(hub.bearer(anns.getString("accessToken")), path), "xet");
        hub.bearer(bobs.getString("accessToken")).get(path).expect(404);
        isRefusal(exhaust(from("198.51.100.21").with("Authorization", "Bearer made-up"), path), "xet");
    }

    private static JsonObject grant(HubUser user, TestRepo repo) {
        return user.http().get(repo.api() + "/xet-read-token/main").expect(200).json();
    }

    @Test
    void the_client_tells_its_user_and_waits() {
        HubUser ann = hub.newUser();
        assertThat(ann.client("2.0.0", home).run("""
                import time
                from huggingface_hub import HfApi
                from huggingface_hub.errors import HfHubHTTPError
                from huggingface_hub.utils import http_backoff
                api = HfApi()
                for _ in range(24):
                    try:
                        api.list_repo_refs("no/such")
                    except HfHubHTTPError as e:
                        if e.response.status_code == 429:
                            said = str(e)
                            break
                else:
                    raise SystemExit("no limit")
                assert "429 Too Many Requests: you have reached your 'api' rate limit" in said, said
                assert "(0/12 requests remaining in current 6s window)" in said, said
                url = f"{api.endpoint}/api/models?limit=1"
                for attempt in range(5):
                    while http_backoff("GET", url, retry_on_status_codes=()).status_code != 429:
                        pass
                    begin = time.time()
                    assert http_backoff("GET", url).status_code == 200
                    if time.time() - begin > 1:  # not just when a window began
                        break
                else:
                    raise SystemExit("no waiting")
                assert time.time() - begin < 10
                print("waited")
                """)).contains("waited");
    }
}
