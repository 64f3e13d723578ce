package org.kohakuhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts, sessions and tokens over HTTP, with the sentences and headers that clients rely on. */
class AccountsIT {
    /** huggingface_hub compares it: another text with a 401 would read as "repository not found". */
    private static final String BAD_CREDENTIALS = "Invalid credentials in Authorization header";

    private static final RunningHub hub = RunningHub.shared();
    private static final HubUser ann = hub.newUser();

    private static JsonObject object(String name, String value) {
        return Json.createObjectBuilder().add(name, value).build();
    }

    private static Answer register(String name, String email, String password) {
        return hub.anonymous()
                .post(
                        "/api/auth/register",
                        Json.createObjectBuilder()
                                .add("username", name)
                                .add("email", email)
                                .add("password", password)
                                .build());
    }

    private static void assertBadCredentials(Answer answer) {
        answer.expect(401);
        assertThat(answer.errorMessage()).isEqualTo(BAD_CREDENTIALS);
        assertThat(answer.errorCode()).as("X-Error-Code of %s", answer).isEmpty();
    }

    @Tag("core")
    @Test
    void a_session_lasts_from_login_to_logout() {
        Answer login = hub.login(ann.name(), ann.password()).expect(200);
        HubHttp browser = hub.withCookie(login);

        assertThat(login.json().getString("username")).isEqualTo(ann.name());
        assertThat(login.json().getString("session_secret")).isNotBlank();
        JsonObject me = browser.get("/api/auth/me").expect(200).json();
        assertThat(me.getString("username")).isEqualTo(ann.name());
        assertThat(me.getString("email")).isEqualTo(ann.name() + "@example.org");
        assertThat(me.getString("created_at")).endsWith("Z");
        Answer logout = browser.post("/api/auth/logout").expect(200);
        assertThat(logout.header("Set-Cookie")).startsWith("session_id=;").contains("Max-Age=0");
        browser.get("/api/auth/me").expect(401);
    }

    @Tag("core")
    @Test
    void the_cookie_is_for_the_browser_alone_and_under_https_for_https_alone() {
        Answer plain = hub.login(ann.name(), ann.password()).expect(200);

        assertThat(attributes(plain))
                .contains("httponly", "samesite=lax", "path=/")
                .doesNotContain("secure");
        assertThat(attributes(plain)).anyMatch(attribute -> attribute.matches("max-age=[1-9]\\d*"));
        assertThat(plain.headers().allValues("Set-Cookie")).hasSize(1);

        JsonObject credentials = Json.createObjectBuilder()
                .add("username", ann.name())
                .add("password", ann.password())
                .build();
        Answer behindProxy = hub.anonymous()
                .with("X-Forwarded-Proto", "https")
                .post("/api/auth/login", credentials)
                .expect(200);

        assertThat(attributes(behindProxy)).contains("httponly", "samesite=lax", "secure");
    }

    private static List<String> attributes(Answer login) {
        return Arrays.stream(login.header("Set-Cookie").split(";"))
                .skip(1)
                .map(attribute -> attribute.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Test
    void an_outdated_cookie_is_nobody_and_not_an_error() {
        HubHttp browser = hub.anonymous().with("Cookie", "session_id=gone");
        TestRepo repo = ann.newModel();

        browser.get(repo.api()).expect(200);
        browser.get("/api/auth/me").expect(401);
        hub.login(ann.name(), ann.password()).expect(200);
    }

    @Test
    void another_sites_page_cannot_act_with_the_cookie() {
        HubHttp browser = hub.withCookie(hub.login(ann.name(), ann.password()).expect(200));
        JsonObject wanted = object("name", "forged");

        browser.with("Origin", "https://evil.example")
                .post("/api/auth/tokens/create", wanted)
                .expect(403);
        browser.with("Sec-Fetch-Site", "cross-site")
                .post("/api/auth/tokens/create", wanted)
                .expect(403);
        assertThat(names(browser)).doesNotContain("forged");
        browser.with("Origin", hub.base().toString())
                .post("/api/auth/tokens/create", object("name", "own page"))
                .expect(200);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"wrong password", "missing user"})
    void a_login_that_fails_does_not_tell_why(String what) {
        String name = what.equals("missing user") ? RunningHub.newName("u") : ann.name();

        Answer refused = hub.login(name, "not the password").expect(401);

        assertThat(refused.json()).isEqualTo(object("error", "Invalid username or password"));
        assertThat(refused.find("Set-Cookie")).isEmpty();
    }

    @Test
    void the_passwords_of_two_users_are_not_each_others() {
        hub.login(hub.newUser().name(), ann.password()).expect(401);
    }

    @Tag("core")
    @Test
    void a_token_is_told_once_and_works_until_it_is_deleted() {
        Answer made = ann.http()
                .post("/api/auth/tokens/create", object("name", "laptop"))
                .expect(200);
        String text = made.json().getString("token");
        String id = made.json().getString("token_id");
        HubHttp laptop = hub.bearer(text);
        JsonObject shown = shown(laptop, id);

        assertThat(text).startsWith("hf_");
        assertThat(shown.getString("name")).isEqualTo("laptop");
        assertThat(shown.getString("role")).isEqualTo("write");
        assertThat(Instant.parse(shown.getString("expires_at")))
                .isAfter(Instant.parse(shown.getString("created_at")).plus(Duration.ofDays(1)));
        assertThat(ann.http().get("/api/auth/tokens").expect(200).text()).doesNotContain(text.substring(3));

        ann.http().delete("/api/auth/tokens/" + id).expect(200);

        assertBadCredentials(laptop.get("/api/whoami-v2"));
        assertThat(names(ann.http())).doesNotContain("laptop");
        ann.http().delete("/api/auth/tokens/" + id).expect(404);
    }

    private static JsonObject shown(HubHttp who, String id) {
        return who.get("/api/auth/tokens").expect(200).json().getJsonArray("tokens").stream()
                .map(JsonValue::asJsonObject)
                .filter(token -> token.getString("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(HubHttp who) {
        return who.get("/api/auth/tokens").expect(200).json().getJsonArray("tokens").stream()
                .map(token -> token.asJsonObject().getString("name"))
                .toList();
    }

    @Test
    void tokens_belong_to_their_user() {
        Answer made = ann.http()
                .post("/api/auth/tokens/create", object("name", "mine"))
                .expect(200);
        HubUser bob = hub.newUser();

        bob.http()
                .delete("/api/auth/tokens/" + made.json().getString("token_id"))
                .expect(404);

        hub.bearer(made.json().getString("token")).get("/api/whoami-v2").expect(200);
        hub.anonymous().get("/api/auth/tokens").expect(401);
    }

    @Tag("core")
    @ParameterizedTest(name = "Authorization: {0}")
    @ValueSource(
            strings = {
                "Bearer hf_abcdefghijklmnopqrstuvwxyz0123456789ABCD",
                "Bearer hf_short",
                "Bearer x y",
                "Bearer",
                "Digest username=ann",
                "Basic !!!",
                "Basic bm8tY29sb24=",
                "hf_abcdefghijklmnopqrstuvwxyz0123456789ABCD"
            })
    void a_credential_that_nobody_issued_opens_not_even_what_is_public(String header) {
        HubHttp caller = hub.anonymous().with("Authorization", header);
        TestRepo repo = ann.newModel();

        assertBadCredentials(caller.get("/api/whoami-v2"));
        assertBadCredentials(caller.get(repo.api()));
        assertBadCredentials(caller.get(repo.resolve("main", ".gitattributes")));
        caller.get(repo.resolve("main", ".gitattributes")).expect(401);
        assertThat(caller.head(repo.resolve("main", ".gitattributes"))
                        .expect(401)
                        .errorMessage())
                .isEqualTo(BAD_CREDENTIALS);
    }

    @Test
    void a_read_token_reads_and_makes_itself_no_stronger() {
        HubHttp reader = ann.readOnly();
        TestRepo repo = ann.newPrivateModel();

        assertThat(reader.get("/api/whoami-v2")
                        .expect(200)
                        .json()
                        .getJsonObject("auth")
                        .getJsonObject("accessToken")
                        .getString("role"))
                .isEqualTo("read");
        reader.get(repo.api()).expect(200);
        JsonObject strong =
                Json.createObjectBuilder().add("name", "x").add("role", "write").build();
        reader.post("/api/auth/tokens/create", strong).expect(403);
        reader.post("/org/create", object("name", RunningHub.newName("o"))).expect(403);
        Answer refused = reader.post("/api/repos/create", object("name", "new")).expect(403);
        assertThat(refused.errorMessage()).contains("read-only");
        ann.http()
                .post(
                        "/api/auth/tokens/create",
                        Json.createObjectBuilder()
                                .add("name", "x")
                                .add("role", "owner")
                                .build())
                .expect(400);
    }

    @Tag("core")
    @Test
    void whoami_answers_with_what_the_client_reads() {
        HubUser bob = hub.newUser();
        String org = bob.newOrganization();

        JsonObject who = bob.http().get("/api/whoami-v2").expect(200).json();

        assertThat(who.getString("type")).isEqualTo("user");
        assertThat(who.getString("name")).isEqualTo(bob.name());
        JsonObject member = who.getJsonArray("orgs").getJsonObject(0);
        assertThat(member.getString("name")).isEqualTo(org);
        assertThat(member.getString("roleInOrg")).isEqualTo("super-admin");
        JsonObject token = who.getJsonObject("auth").getJsonObject("accessToken");
        assertThat(token.getString("displayName")).isEqualTo("test");
        assertThat(token.getString("role")).isEqualTo("write");
        assertThat(ann.http().get("/api/whoami-v2").expect(200).json().getJsonArray("orgs"))
                .isEmpty(); // a list even then
        hub.anonymous().get("/api/whoami-v2").expect(401);
    }

    @Test
    void names_and_addresses_that_are_taken_or_look_alike_are_refused() {
        String name = RunningHub.newName("taken-");
        String password = "correct horse";
        register(name, name + "@example.org", password).expect(200);

        List<String> likes =
                List.of(name, name.toUpperCase(Locale.ROOT), name.replace("-", "_"), name.replace("-", ""));
        for (String like : likes) {
            Answer refused = register(like, RunningHub.newName("x") + "@example.org", password)
                    .expect(409);
            assertThat(refused.errorMessage()).contains(name);
            ann.http().post("/org/create", object("name", like)).expect(409);
        }
        register(RunningHub.newName("u"), name.toUpperCase(Locale.ROOT) + "@example.org", password)
                .expect(409);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {"", "-a", "a.", "a--b", "a..b", "a.git", "a/b", "ü", "a b", "..", "api", "Data-Sets", "health"})
    void names_that_can_be_no_address_are_refused(String name) {
        register(name, RunningHub.newName("x") + "@example.org", "correct horse")
                .expect(400);
        ann.http().post("/org/create", object("name", name)).expect(400);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "seven77", "0123456789012345678901234567890123456789012345678901234567890123456789123"})
    void passwords_that_are_too_short_or_too_long_are_refused(String password) {
        String name = RunningHub.newName("u");

        register(name, name + "@example.org", password).expect(400);

        hub.login(name, password.isEmpty() ? "none" : password).expect(401);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "no-at", "a@", "@b", "a@b@c", "a b@c", "a@b\nBcc: c@d"})
    void addresses_that_are_none_are_refused(String email) {
        register(RunningHub.newName("u"), email, "correct horse").expect(400);
    }

    @ParameterizedTest(name = "body {0}")
    @ValueSource(
            strings = {"", "[]", "\"text\"", "{", "{} {}", "{\"username\":7,\"password\":\"p\"}", "{\"username\":\"a\"}"
            })
    void a_login_that_is_no_login_is_refused_with_a_sentence(String body) {
        Answer refused = hub.anonymous()
                .send("POST", "/api/auth/login", "application/json", Bytes.utf8(body))
                .expect(400);

        assertThat(refused.json().getString("error")).isNotBlank();
    }

    @Tag("core")
    @Test
    void git_is_challenged_and_then_let_in_by_token_or_password() {
        String info = ann.newPrivateModel().web() + "/info/refs?service=git-upload-pack";

        Answer challenge = hub.anonymous().get(info).expect(401);
        assertThat(challenge.header("WWW-Authenticate")).startsWith("Basic realm=");
        hub.anonymous().with("Authorization", ann.basic()).get(info).expect(200);
        for (String pair : List.of(
                "anything:" + ann.token(),
                ann.token() + ":",
                ann.token() + ":x-oauth-basic",
                ann.name() + ':' + ann.password())) {
            basic(pair).get(info).expect(200);
        }
        Answer wrong = basic(ann.name() + ":hf_wrong").get(info);
        assertBadCredentials(wrong);
        assertThat(wrong.header("WWW-Authenticate")).startsWith("Basic realm=");
    }

    private static HubHttp basic(String pair) {
        return hub.anonymous().with("Authorization", "Basic " + Bytes.base64(Bytes.utf8(pair)));
    }
}
