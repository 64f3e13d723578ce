package org.kohakuhub.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.S3Config;
import org.kohakuhub.config.Secret;
import org.kohakuhub.object.ObjectStore.Audience;
import org.kohakuhub.object.ObjectStore.Download;

class S3StoreFailureTest {
    @Test
    void a_store_that_is_down_is_told_without_address_or_secret() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        S3ObjectStore store = new S3ObjectStore(config(URI.create("http://127.0.0.1:" + closed), "top-secret"));

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> store.head("any"))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
                    assertThat(e.sentence()).doesNotContain("127.0.0.1", "top-secret", "any");
                });
        store.close();
    }

    @Test
    void a_wrong_secret_is_refused_by_the_store() {
        S3ObjectStore store = new S3ObjectStore(
                config(RunningS3Proxy.shared().config("contract").endpoint(), "wrong"));

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(store::openBucket)
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.UNAVAILABLE);
        store.close();
    }

    /** A caller on another machine gets addresses that it can reach, and they are signed for exactly that host. */
    @Test
    void an_address_signed_for_the_callers_host_works_there_and_cannot_be_moved() throws Exception {
        S3ObjectStore store = new S3ObjectStore(RunningS3Proxy.shared().config("following", Optional.empty(), true));
        store.openBucket();
        store.put("file", "bytes".getBytes(StandardCharsets.US_ASCII));

        URI address = store.presignGet(
                "file", new Download(null, null, Duration.ofMinutes(1)), new Audience("localhost", false));
        HttpResponse<String> there = get(address);
        HttpResponse<String> moved = get(URI.create(address.toString().replace("localhost", "127.0.0.1")));

        assertThat(address.getHost()).isEqualTo("localhost");
        assertThat(there.body()).isEqualTo("bytes");
        assertThat(moved.statusCode()).isEqualTo(403);
        store.close();
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private static S3Config config(URI endpoint, String secret) {
        return new S3Config(
                endpoint,
                Optional.empty(),
                false,
                "test-access",
                new Secret(secret),
                "refused",
                "us-east-1",
                true,
                Duration.ofHours(1));
    }
}
