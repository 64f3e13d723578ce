package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;

/** {@code hf auth login} without a token: the program shows a code, its user confirms it on the hub's page. */
class DeviceLoginIT {
    private static final RunningHub HUB = RunningHub.shared();
    private static final HubUser ANN = HUB.newUser();
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    @TempDir
    Path home;

    private static Answer form(HubHttp http, String path, String... pairs) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(pairs[i])
                    .append('=')
                    .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
        }
        return http.send("POST", path, "application/x-www-form-urlencoded", Bytes.utf8(body.toString()));
    }

    private static JsonObject begin() {
        return form(HUB.anonymous(), "/oauth/device", "client_id", "test")
                .expect(200)
                .json();
    }

    private static Answer poll(JsonObject begun) {
        return form(
                HUB.anonymous(),
                "/oauth/token",
                "grant_type",
                GRANT,
                "device_code",
                begun.getString("device_code"),
                "client_id",
                "test");
    }

    private static String error(Answer answer) {
        return answer.expect(400).json().getString("error");
    }

    private static HubHttp browser() {
        return HUB.withCookie(HUB.login(ANN.name(), ANN.password()).expect(200))
                .with("Origin", HUB.base().toString());
    }

    private static Answer decide(HubHttp http, JsonObject begun, String action) {
        return form(http, "/device", "user_code", begun.getString("user_code"), "action", action);
    }

    @Tag("core")
    @Test
    void a_program_that_was_let_in_gets_one_token() {
        JsonObject begun = begin();
        assertThat(begun.getString("verification_uri")).isEqualTo(HUB.url("/device"));
        assertThat(begun.getString("user_code")).matches("[B-Z]{4}-[B-Z]{4}");
        assertThat(error(poll(begun))).isEqualTo("authorization_pending");
        assertThat(error(poll(begun))).isEqualTo("slow_down");
        Answer page = browser()
                .get("/device?user_code=" + begun.getString("user_code"))
                .expect(200);
        assertThat(page.text()).contains(ANN.name(), begun.getString("user_code"));
        assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'none'");

        assertThat(decide(browser(), begun, "allow").expect(200).text()).contains("logged in");

        String token = poll(begun).expect(200).json().getString("access_token");
        JsonObject me = HUB.bearer(token).get("/api/whoami-v2").expect(200).json();
        assertThat(me.getString("name")).isEqualTo(ANN.name());
        assertThat(me.getJsonObject("auth").getJsonObject("accessToken").getString("role"))
                .isEqualTo("write");
        assertThat(error(poll(begun))).isEqualTo("invalid_grant");
        decide(browser(), begun, "allow").expect(404);
    }

    @Test
    void a_program_that_was_refused_is_told_so() {
        JsonObject begun = begin();
        decide(browser(), begun, "deny").expect(200);
        assertThat(error(poll(begun))).isEqualTo("access_denied");
        decide(browser(), begun, "allow").expect(404);
        assertThat(error(poll(begun))).isEqualTo("access_denied");
    }

    @Test
    void who_is_not_logged_in_does_that_on_the_page() {
        JsonObject begun = begin();
        assertThat(HUB.anonymous().get("/device").expect(200).text()).contains("name=\"password\"");
        decide(HUB.anonymous(), begun, "allow").expect(401);
        String code =
                begun.getString("user_code").toLowerCase(java.util.Locale.ROOT).replace("-", " ");
        form(HUB.anonymous(), "/device", "user_code", code, "action", "allow", "username", ANN.name(), "password", "x")
                .expect(401);
        Answer done = form(
                        HUB.anonymous(),
                        "/device",
                        "user_code",
                        code,
                        "action",
                        "allow",
                        "username",
                        ANN.name(),
                        "password",
                        ANN.password())
                .expect(200);
        assertThat(done.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
        poll(begun).expect(200);
    }

    @Test
    void another_site_cannot_confirm_for_its_visitor() {
        JsonObject begun = begin();
        HubHttp lured = HUB.withCookie(HUB.login(ANN.name(), ANN.password()).expect(200));
        decide(lured.with("Origin", "https://evil.example"), begun, "allow").expect(403);
        decide(lured.with("Sec-Fetch-Site", "cross-site"), begun, "allow").expect(403);
        decide(HUB.anonymous().with("Origin", "https://evil.example"), begun, "allow")
                .expect(403);
        decide(ANN.readOnly(), begun, "allow").expect(403);
        assertThat(error(poll(begun))).isEqualTo("authorization_pending");
        Answer shown =
                HUB.anonymous().get("/device?user_code=%22%3E%3Cscript%3E").expect(200);
        assertThat(shown.text()).doesNotContain("<script>");
    }

    @Test
    void what_is_no_request_is_refused_in_the_rfcs_terms() {
        assertThat(error(HUB.anonymous().post("/oauth/device"))).isEqualTo("invalid_request");
        assertThat(error(HUB.anonymous().post("/oauth/token"))).isEqualTo("invalid_request");
        assertThat(error(form(HUB.anonymous(), "/oauth/token", "grant_type", "refresh_token", "refresh_token", "x")))
                .isEqualTo("unsupported_grant_type");
        assertThat(error(form(HUB.anonymous(), "/oauth/token", "grant_type", GRANT)))
                .isEqualTo("invalid_request");
        assertThat(error(form(
                        HUB.anonymous(), "/oauth/token", "grant_type", GRANT, "device_code", "x", "client_id", "test")))
                .isEqualTo("invalid_grant");
        JsonObject begun = begin();
        assertThat(error(form(
                        HUB.anonymous(),
                        "/oauth/token",
                        "grant_type",
                        GRANT,
                        "device_code",
                        begun.getString("device_code"),
                        "client_id",
                        "other")))
                .isEqualTo("invalid_grant");
    }

    /** The client's own loop; the hub's page is opened by hand, when the code is known. */
    @Test
    void the_client_logs_in() throws Exception {
        CompletableFuture<String> printed =
                CompletableFuture.supplyAsync(() -> HUB.stranger("2.0.0", home).run("""
                from pathlib import Path
                from huggingface_hub.utils._oauth_device import request_device_code, poll_device_token
                from huggingface_hub import HfApi
                info = request_device_code()
                Path("code.txt.tmp").write_text("code=" + info["user_code"] + ";")
                Path("code.txt.tmp").rename("code.txt")
                token = poll_device_token(info)["access_token"]
                print(HfApi(token=token).whoami()["name"])
                """));
        Path file = home.resolve("code.txt");
        for (int i = 0; i < 1_200 && !java.nio.file.Files.exists(file); i++) {
            Thread.sleep(50);
        }
        Matcher code = Pattern.compile("code=([A-Z-]+);").matcher(java.nio.file.Files.readString(file));
        assertThat(code.find()).isTrue();
        form(browser(), "/device", "user_code", code.group(1), "action", "allow")
                .expect(200);
        assertThat(printed.get()).contains(ANN.name());
    }
}
