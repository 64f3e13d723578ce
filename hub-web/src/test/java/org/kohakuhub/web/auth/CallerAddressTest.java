package org.kohakuhub.web.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.SiteConfig;
import org.kohakuhub.config.WebConfig;
import org.kohakuhub.object.ObjectStore;

class CallerAddressTest {
    private static final URI CONFIGURED = URI.create("https://hub.example");

    private static CallerAddress of(FakeRequest request) {
        return CallerAddress.of(request.request(), CONFIGURED);
    }

    private static FakeRequest get() {
        return FakeRequest.of("GET", "/");
    }

    @Test
    void is_the_one_that_the_caller_used() {
        assertThat(of(get().with("Host", "localhost:48888")).origin()).isEqualTo("http://localhost:48888");
        assertThat(of(get().with("Host", "127.0.0.1:48888")).host()).isEqualTo("127.0.0.1");
        assertThat(of(get().with("Host", "[::1]:48888")).host()).isEqualTo("[::1]");
        assertThat(of(get().with("Host", "[::1]")).host()).isEqualTo("[::1]");
    }

    @Test
    void a_proxy_says_which_one_that_was() {
        FakeRequest proxied = get().with("Host", "backend:8080")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "hub.acme.example, inner");

        assertThat(of(proxied).origin()).isEqualTo("https://hub.acme.example");
        assertThat(of(proxied).secure()).isTrue();
        assertThat(of(get().with("Host", "h").with("X-Forwarded-Proto", "gopher"))
                        .origin())
                .isEqualTo("http://h");
    }

    @Test
    void without_a_host_header_it_is_the_configured_one() {
        assertThat(of(get()).origin()).isEqualTo("https://hub.example");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "a b",
                "a/b",
                "user@host",
                "host:port",
                "host:99999",
                "a\"b",
                "<script>",
                "-a",
                "[::1",
                "h:1:2"
            })
    void a_header_that_names_no_host_is_refused(String host) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> of(get().with("Host", host)))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "localhost:48888, localhost, false",
        "127.0.0.1:48888, 127.0.0.1, false",
        "192.168.1.5:48888, 192.168.1.5, false", // the address that the connection came in on
        "Hub.Lan, Hub.Lan, false", // one of the allowed names
        "HUB.example, HUB.example, false",
        "evil.example, hub.example, true",
        "192.168.1.6, hub.example, true",
    })
    void addresses_of_the_object_store_are_made_for_names_of_the_hub_only(
            String host, String audience, boolean secure) {
        FakeRequest request = get().with("Host", host);
        request.attribute(CallerAddress.ATTRIBUTE, of(request));
        SiteConfig site = new SiteConfig(CONFIGURED, "/api", "Hub", false);
        WebConfig web = new WebConfig(Set.of("hub.lan"), Set.of(), false);

        RequestBase base = new RequestBase(request.request(), site, web);

        assertThat(base.audience()).isEqualTo(new ObjectStore.Audience(audience, secure));
        assertThat(base.base()).isEqualTo(URI.create("http://" + host)); // the client compares it with its own
    }
}
