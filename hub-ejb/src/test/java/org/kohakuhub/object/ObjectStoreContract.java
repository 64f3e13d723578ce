package org.kohakuhub.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.object.ObjectStore.Audience;
import org.kohakuhub.object.ObjectStore.Download;
import org.kohakuhub.object.ObjectStore.Part;
import org.kohakuhub.object.ObjectStore.Stored;

/** What the hub asks of any object store. Clients are played by a bare HTTP client that adds no header of its own. */
interface ObjectStoreContract {
    HttpClient CLIENT = HttpClient.newHttpClient();
    Duration HOUR = Duration.ofHours(1);

    /** S3 takes no smaller part but the last. */
    int SMALLEST_PART = 5 << 20;

    ObjectStore store();

    /** From where the tests' client comes. */
    default Audience audience() {
        return new Audience("127.0.0.1", false);
    }

    @Test
    default void gives_back_what_was_put() throws IOException {
        store().put("contract/put", ascii("hello"));

        try (InputStream stored = store().get("contract/put")) {
            assertThat(stored.readAllBytes()).isEqualTo(ascii("hello"));
        }
        assertThat(store().head("contract/put")).map(Stored::size).contains(5L);
    }

    @Test
    default void keeps_an_empty_object() throws IOException {
        store().put("contract/empty", new byte[0]);

        try (InputStream stored = store().get("contract/empty")) {
            assertThat(stored.readAllBytes()).isEmpty();
        }
        assertThat(store().getRange("contract/empty", 0, 10)).isEmpty();
        assertThat(store().head("contract/empty")).map(Stored::size).contains(0L);
    }

    @Test
    default void a_missing_key_has_no_head() {
        assertThat(store().head("contract/nowhere")).isEmpty();
    }

    @Test
    default void reading_a_missing_key_is_a_defect() {
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> store().get("contract/nowhere"));
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> store().getRange("contract/nowhere", 0, 1));
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> store().copy("contract/nowhere", "contract/anywhere", 1));
    }

    @Test
    default void cuts_a_range_at_the_end() {
        store().put("contract/range", ascii("0123456789"));

        assertThat(store().getRange("contract/range", 2, 3)).isEqualTo(ascii("234"));
        assertThat(store().getRange("contract/range", 8, 100)).isEqualTo(ascii("89"));
        assertThat(store().getRange("contract/range", 10, 1)).isEmpty();
        assertThat(store().getRange("contract/range", 1_000_000, 5)).isEmpty();
        assertThat(store().getRange("contract/range", 3, 0)).isEmpty();
    }

    @Test
    default void stores_a_file_longer_than_one_part(@TempDir Path folder) throws IOException {
        byte[] bytes = random(SMALLEST_PART + 12_345);
        Path file = Files.write(folder.resolve("file"), bytes);

        store().putFile("contract/file", file);

        try (InputStream stored = store().get("contract/file")) {
            assertThat(stored.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    default void deletes_more_keys_than_one_request_takes_and_does_not_mind_missing_ones() {
        store().put("contract/delete/a", ascii("a"));
        store().put("contract/delete/b", ascii("b"));
        List<String> keys = new ArrayList<>(List.of("contract/delete/a"));
        for (int i = 0; i < 1000; i++) {
            keys.add("contract/delete/missing-" + i);
        }
        keys.add("contract/delete/b");

        store().delete(keys);

        assertThat(store().head("contract/delete/a")).isEmpty();
        assertThat(store().head("contract/delete/b")).isEmpty();
        store().delete(List.of());
    }

    @Test
    default void copies_in_one_request_and_by_parts() throws IOException {
        byte[] small = random(1000);
        byte[] large = random(SMALLEST_PART + 777);
        store().put("contract/copy/small", small);
        store().put("contract/copy/large", large);

        store().copy("contract/copy/small", "contract/copied/small", small.length);
        store().copy("contract/copy/large", "contract/copied/large", large.length);

        assertThat(store().getRange("contract/copied/small", 0, small.length)).isEqualTo(small);
        assertThat(store().getRange("contract/copied/large", 0, large.length)).isEqualTo(large);
    }

    @Test
    default void a_copy_keeps_its_bytes_when_the_original_changes() {
        store().put("contract/original", ascii("before"));
        store().copy("contract/original", "contract/sealed", 6);

        store().put("contract/original", ascii("after!"));

        assertThat(store().getRange("contract/sealed", 0, 6)).isEqualTo(ascii("before"));
    }

    @Test
    default void a_presigned_get_says_of_itself_what_it_was_told() throws Exception {
        store().put("contract/download", ascii("0123456789"));
        URI address = store().presignGet(
                        "contract/download",
                        new Download(
                                "text/csv",
                                ContentDisposition.inline("tr\u00e4in.csv").text(),
                                HOUR),
                        audience());

        HttpResponse<byte[]> whole = CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
        HttpResponse<byte[]> part = CLIENT.send(
                HttpRequest.newBuilder(address).header("Range", "bytes=7-99").build(), BodyHandlers.ofByteArray());

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(ascii("0123456789"));
        assertThat(whole.headers().firstValue("Content-Type")).contains("text/csv");
        assertThat(whole.headers().firstValue("Content-Disposition"))
                .contains("inline; filename*=UTF-8''tr%C3%A4in.csv; filename=\"tr_in.csv\";");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(ascii("789"));
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 7-9/10");
    }

    /** Xet clients say exactly which bytes they want; what lies beside them may be somebody else's. */
    @Test
    default void an_address_for_a_range_opens_that_range_only() throws Exception {
        store().put("contract/xorb", ascii("0123456789"));
        URI address = store().presignRange("contract/xorb", 2, 5, HOUR, audience());

        HttpResponse<String> right = CLIENT.send(
                HttpRequest.newBuilder(address).header("Range", "bytes=2-5").build(), BodyHandlers.ofString());
        HttpResponse<String> wider = CLIENT.send(
                HttpRequest.newBuilder(address).header("Range", "bytes=2-6").build(), BodyHandlers.ofString());
        HttpResponse<String> whole = CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());

        assertThat(right.statusCode()).as(right.body()).isEqualTo(206);
        assertThat(right.body()).isEqualTo("2345");
        assertThat(wider.statusCode()).isEqualTo(403);
        assertThat(whole.statusCode()).isBetween(400, 403);
    }

    @Test
    default void a_range_is_read_as_a_stream() throws Exception {
        store().put("contract/stream", ascii("0123456789"));
        try (InputStream in = store().get("contract/stream", 3, 4)) {
            assertThat(in.readAllBytes()).isEqualTo(ascii("3456"));
        }
    }

    /** Point 8: clients send no header of the action, so the signature may ask for none. */
    @Test
    default void a_presigned_put_stands_alone() throws Exception {
        URI address = store().presignPut("contract/upload", HOUR, audience());

        HttpResponse<String> answer = put(address, ascii("sent"));

        assertThat(address.getQuery()).contains("X-Amz-SignedHeaders=host&").doesNotContainIgnoringCase("checksum");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(store().getRange("contract/upload", 0, 10)).isEqualTo(ascii("sent"));
    }

    @Test
    default void a_presigned_address_opens_one_key_only() throws Exception {
        store().put("contract/secret", ascii("secret"));
        URI address = store().presignGet("contract/other", new Download(null, null, HOUR), audience());
        URI bent = URI.create(address.toString().replace("contract/other", "contract/secret"));

        HttpResponse<String> answer = CLIENT.send(HttpRequest.newBuilder(bent).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    default void joins_parts_and_does_not_mind_being_asked_again() throws Exception {
        byte[] first = random(SMALLEST_PART);
        byte[] second = random(4321);
        String key = "contract/multipart";
        String id = store().beginMultipart(key);
        List<Part> parts = List.of(
                // the order of the list is the client's; the numbers decide
                new Part(2, upload(key, id, 2, second)), new Part(1, upload(key, id, 1, first)));
        assertThat(store().head(key)).isEmpty();

        store().completeMultipart(key, id, parts);
        store().completeMultipart(key, id, parts);

        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        assertThat(store().getRange(key, 0, joined.length + 1)).isEqualTo(joined);
    }

    @Test
    default void refuses_to_join_parts_that_were_not_sent() throws Exception {
        String key = "contract/multipart-wrong";
        String id = store().beginMultipart(key);
        String etag = upload(key, id, 1, random(SMALLEST_PART));

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> store().completeMultipart(
                                key,
                                id,
                                List.of(new Part(1, etag), new Part(2, "\"0123456789abcdef0123456789abcdef\""))))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.UNPROCESSABLE);
        assertThat(store().head(key)).isEmpty();
        store().abortMultipart(key, id);
    }

    @Test
    default void an_aborted_multipart_upload_cannot_be_completed() throws Exception {
        String key = "contract/multipart-aborted";
        String id = store().beginMultipart(key);
        String etag = upload(key, id, 1, random(1000));

        store().abortMultipart(key, id);
        store().abortMultipart(key, id);

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> store().completeMultipart(key, id, List.of(new Part(1, etag))))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.UNPROCESSABLE);
        assertThat(store().head(key)).isEmpty();
    }

    private String upload(String key, String id, int number, byte[] bytes) throws IOException, InterruptedException {
        URI address = store().presignPart(key, id, number, HOUR, audience());
        assertThat(address.getQuery()).contains("X-Amz-SignedHeaders=host&").doesNotContainIgnoringCase("checksum");
        HttpResponse<String> answer = put(address, bytes);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static HttpResponse<String> put(URI address, byte[] bytes) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(address)
                        .PUT(BodyPublishers.ofByteArray(bytes))
                        .build(),
                BodyHandlers.ofString());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
