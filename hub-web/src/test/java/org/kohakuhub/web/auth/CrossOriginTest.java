package org.kohakuhub.web.auth;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrossOriginTest {
    private static final CallerAddress HUB = new CallerAddress("https", "hub.example");

    private static boolean forged(FakeRequest request) {
        return CrossOrigin.isForgery(request.request(), HUB);
    }

    private static FakeRequest post() {
        return FakeRequest.of("POST", "/api/repos/create");
    }

    @Test
    void a_page_of_another_origin_changes_nothing() {
        assertThat(forged(post().with("Sec-Fetch-Site", "cross-site"))).isTrue();
        assertThat(forged(post().with("Sec-Fetch-Site", "same-site"))).isTrue();
        assertThat(forged(post().with("Origin", "https://evil.example"))).isTrue();
        assertThat(forged(post().with("Origin", "http://hub.example"))).isTrue();
        assertThat(forged(post().with("Origin", "null"))).isTrue();
        assertThat(forged(FakeRequest.of("DELETE", "/").with("Origin", "https://evil.example")))
                .isTrue();
    }

    @Test
    void the_hubs_own_pages_and_programs_do() {
        assertThat(forged(post().with("Sec-Fetch-Site", "same-origin").with("Origin", "https://proxied.example")))
                .isFalse();
        assertThat(forged(post().with("Origin", "https://HUB.example"))).isFalse();
        assertThat(forged(post())).isFalse();
        assertThat(forged(FakeRequest.of("GET", "/").with("Origin", "https://evil.example")))
                .isFalse();
    }

    private final Map<String, String> answered = new HashMap<>();

    private boolean answer(Set<String> allowed, FakeRequest request) {
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, called, arguments) -> {
                    answered.put(
                            called.getName().endsWith("Header") ? (String) arguments[0] : called.getName(),
                            String.valueOf(arguments[arguments.length - 1]));
                    return null;
                });
        return new CrossOrigin(allowed).answer(request.request(), response);
    }

    @Test
    void nobody_else_reads_answers_unless_the_operator_says_so() {
        FakeRequest get = FakeRequest.of("GET", "/api/models").with("Origin", "https://app.example");

        assertThat(answer(Set.of(), get)).isFalse();
        assertThat(answer(Set.of("https://other.example"), get)).isFalse();
        assertThat(answered).doesNotContainKey("Access-Control-Allow-Origin");
        assertThat(answer(Set.of("https://app.example"), get)).isFalse();
        assertThat(answered)
                .containsEntry("Access-Control-Allow-Origin", "https://app.example")
                .containsEntry("Vary", "Origin")
                .doesNotContainKey("Access-Control-Allow-Credentials");
        assertThat(answered.get("Access-Control-Expose-Headers")).contains("X-Error-Code", "X-Repo-Commit", "Link");
    }

    @Test
    void a_preflight_is_answered_here() {
        FakeRequest preflight = FakeRequest.of("OPTIONS", "/api/models")
                .with("Origin", "https://app.example")
                .with("Access-Control-Request-Method", "POST");

        assertThat(answer(Set.of("*"), preflight)).isTrue();
        assertThat(answered).containsEntry("setStatus", "204").containsKey("Access-Control-Allow-Methods");
    }
}
