package org.kohakuhub.web.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void credentials_of_both_schemes() {
        assertThat(AuthorizationHeader.parse("bearer  hf_x")).contains(new AuthorizationHeader.Bearer("hf_x"));
        assertThat(AuthorizationHeader.parse(basic("ann:a:b"))).contains(new AuthorizationHeader.Basic("ann", "a:b"));
        assertThat(AuthorizationHeader.parse(basic("hf_x:"))).contains(new AuthorizationHeader.Basic("hf_x", ""));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic !!!", "Basic YW5u", "Digest x", "hf_x"})
    void headers_that_are_no_credential(String header) {
        assertThat(AuthorizationHeader.parse(header)).isEmpty();
    }

    @Test
    void a_sane_request_id_is_echoed_and_any_other_replaced() {
        assertThat(RequestId.choose("trace-1.a_B")).isEqualTo("trace-1.a_B");
        for (String bad : new String[] {null, "", "a b", "a\r\nSet-Cookie: x", "x".repeat(65), "ü"}) {
            assertThat(RequestId.choose(bad)).matches("[0-9a-f]{24}").isNotEqualTo(RequestId.choose(bad));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/ann/m/info/refs, true, false",
        "/ann/m.git/git-upload-pack, true, false",
        "/datasets/ann/d/git-receive-pack, true, false",
        "/ann/m.git/info/lfs/objects/batch, true, true",
        "/ann/m/resolve/main/info/refs.txt, false, false",
        "/api/models/ann/m, false, false",
        "/info/refs, false, false",
    })
    void git_and_git_lfs_are_challenged_each_in_its_way(String path, boolean git, boolean lfs) {
        var request = FakeRequest.of("GET", path).request();

        assertThat(GitPaths.isGit(request)).isEqualTo(git);
        assertThat(GitPaths.challenge(request).containsKey("WWW-Authenticate")).isEqualTo(git);
        assertThat(GitPaths.challenge(request).containsKey("LFS-Authenticate")).isEqualTo(lfs);
    }

    @Test
    void the_api_answers_below_its_second_base_too() {
        var request = FakeRequest.of("GET", "/hub/api/models/a%2Fb").request();

        var seen = ApiBase.seenFrom(request, "/hub/api");
        assertThat(seen.getRequestURI()).isEqualTo("/api/models/a%2Fb");
        assertThat(seen.getRequestURL()).hasToString("http://localhost/api/models/a%2Fb");
        assertThat(ApiBase.seenFrom(request, "/api")).isSameAs(request);
        assertThat(ApiBase.seenFrom(request, "/hub/ap")).isSameAs(request);
    }
}
