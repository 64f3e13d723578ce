package org.kohakuhub.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kohakuhub.config.S3Config;
import org.kohakuhub.config.Secret;
import org.kohakuhub.object.ObjectStore.Audience;

class S3AddressesTest {
    private static final Audience LAPTOP = new Audience("hub.lan", false);

    @Test
    void the_public_endpoint_goes_before_all() {
        assertThat(addresses(Optional.of("https://s3.example.org"), true).address(LAPTOP))
                .isEqualTo(URI.create("https://s3.example.org"));
    }

    @Test
    void a_foreign_store_is_reached_where_the_hub_reaches_it() {
        assertThat(addresses(Optional.empty(), false).address(LAPTOP)).isEqualTo(URI.create("http://127.0.0.1:9000"));
    }

    @Test
    void the_embedded_store_is_reached_on_the_host_that_the_caller_used() {
        S3Addresses addresses = addresses(Optional.empty(), true);

        assertThat(addresses.address(LAPTOP)).isEqualTo(URI.create("http://hub.lan:9000"));
        assertThat(addresses.address(new Audience("hub.lan", true))).isEqualTo(URI.create("http://hub.lan:9000"));
        assertThat(addresses.address(new Audience("::1", false))).isEqualTo(URI.create("http://[::1]:9000"));
        assertThat(addresses.address(new Audience("[::1]", false))).isEqualTo(URI.create("http://[::1]:9000"));
    }

    @Test
    void one_signer_serves_all_callers_of_an_address() {
        S3Addresses addresses = addresses(Optional.empty(), true);

        assertThat(addresses.presigner(LAPTOP)).isSameAs(addresses.presigner(new Audience("hub.lan", false)));
    }

    private static S3Addresses addresses(Optional<String> publicEndpoint, boolean followCaller) {
        return new S3Addresses(new S3Config(
                URI.create("http://127.0.0.1:9000"),
                publicEndpoint.map(URI::create),
                followCaller,
                "key",
                new Secret("secret"),
                "bucket",
                "us-east-1",
                true,
                Duration.ofHours(1)));
    }
}
