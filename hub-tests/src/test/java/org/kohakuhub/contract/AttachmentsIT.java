package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** What people show in comments: {@code HfApi.upload_attachment} and the addresses that it gives. */
class AttachmentsIT {
    private static final RunningHub HUB = RunningHub.shared();
    private static final HubUser ANN = HUB.newUser();
    private static final byte[] PNG = begun("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", 3_000);
    private static final int LIMIT = 10 << 20;

    @TempDir
    Path home;

    private static byte[] begun(String head, int size) {
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = Bytes.random(size, size);
        System.arraycopy(start, 0, bytes, 0, start.length);
        return bytes;
    }

    private static Answer upload(String type, byte[] bytes) {
        return ANN.http().send("POST", "/uploads", type, bytes);
    }

    private static String path(Answer uploaded) {
        return URI.create(uploaded.expect(200).text()).getPath();
    }

    @Tag("core")
    @Test
    void the_client_attaches_and_a_discussion_shows_it() {
        TestRepo repo = ANN.newModel();
        String printed =
                ANN.client("2.4.0", home).run("""
                import os, pathlib, re, sys, urllib.request
                from huggingface_hub import HfApi
                api, repo, base = HfApi(), sys.argv[1], sys.argv[2]
                heads = {".png": b"\\x89PNG\\r\\n\\x1a\\n", ".jpeg": b"\\xff\\xd8\\xff\\xe0", ".gif": b"GIF89a",
                         ".webp": b"RIFF\\0\\0\\0\\0WEBPVP8 ", ".mp4": b"\\0\\0\\0\\x20ftypisom",
                         ".mov": b"\\0\\0\\0\\x14ftypqt  ", ".webm": b"\\x1a\\x45\\xdf\\xa3", ".mp3": b"ID3\\4\\0\\0",
                         ".wav": b"RIFF\\0\\0\\0\\0WAVEfmt "}
                urls, sent = [], {}
                for extension, head in heads.items():
                    file = pathlib.Path("file" + extension)
                    file.write_bytes(head + os.urandom(11 << 20 if extension == ".mp4" else 5000))
                    url = api.upload_attachment(file)
                    assert re.fullmatch(re.escape(base) + r"/uploads/[0-9a-f]{32}\\.[a-z0-9]+", url), url
                    urls.append(url)
                    sent[url] = file.read_bytes()
                d = api.create_discussion(repo, title="A bug", description=f"![shot]({urls[0]})")
                c = api.comment_discussion(repo, d.num, urls[4])
                shown = api.get_discussion_details(repo, d.num)
                assert f'<img src="{urls[0]}" alt="shot"' in shown.events[0].rendered, shown.events[0].rendered
                assert shown.events[1].content == urls[4]
                for url in urls:
                    with urllib.request.urlopen(url) as answer:
                        assert answer.status == 200 and answer.read() == sent[url], url
                        print(answer.headers["content-type"])
                """, repo.id(), HUB.base().toString());
        assertThat(printed.lines())
                .containsExactly(
                        "image/png",
                        "image/jpeg",
                        "image/gif",
                        "image/webp",
                        "video/mp4",
                        "video/quicktime",
                        "video/webm",
                        "audio/mpeg",
                        "audio/wav");
    }

    @Test
    void who_may_not_is_told_why_and_so_is_whose_file_is_another() {
        String script = """
                import pathlib, sys
                from huggingface_hub import HfApi
                from huggingface_hub.errors import HfHubHTTPError
                pathlib.Path("a.png").write_bytes(sys.argv[1].encode("latin-1"))
                try:
                    HfApi().upload_attachment("a.png")
                    raise SystemExit("should have failed")
                except HfHubHTTPError as e:
                    print(e.response.status_code, e.server_message)
                """;
        assertThat(HUB.stranger("2.4.0", home).run(script, "\u0089PNG\r\n\u001a\n...."))
                .isEqualToIgnoringNewLines("401 Authentication required");
        assertThat(ANN.client("2.4.0", home).run(script, "<!DOCTYPE html><script>"))
                .isEqualToIgnoringNewLines("400 The file does not begin as image/png does");
        Answer readOnly = ANN.readOnly().send("POST", "/uploads", "image/png", PNG);
        assertThat(readOnly.expect(403).errorMessage()).contains("read-only");
        HUB.anonymous().send("POST", "/uploads", "image/png", PNG).expect(401);
    }

    @Test
    void the_address_leads_everybody_to_the_bytes_and_tells_what_they_are() {
        Answer uploaded = upload("image/png; x=y", PNG);
        assertThat(uploaded.header("Content-Type")).startsWith("text/plain");
        String path = path(uploaded);
        Answer found = HUB.anonymous().get(path).expect(302);
        assertThat(found.header("X-Content-Type-Options")).isEqualTo("nosniff");
        Answer bytes = HUB.bare().get(found.location().toString()).expect(200);
        assertThat(bytes.body()).isEqualTo(PNG);
        assertThat(bytes.header("Content-Type")).isEqualTo("image/png");
        Answer part = HUB.bare()
                .with("Range", "bytes=8-11")
                .get(found.location().toString())
                .expect(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(PNG, 8, 12));
        Answer head = HUB.anonymous().head(path).expect(200);
        assertThat(head.header("Content-Type")).isEqualTo("image/png");
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(PNG.length));
        assertThat(head.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000000000000000000000000000.png", "%C3%9Cnknown.png", "%2E%2E.png", "'.png"})
    void what_nobody_attached_is_missing(String file) {
        HUB.anonymous().get("/uploads/" + file).expectError(404, "EntryNotFound");
        HUB.anonymous().head("/uploads/" + file).expect(404);
    }

    @Test
    void the_extension_is_part_of_the_address() {
        String path = path(upload("image/png", PNG));
        HUB.anonymous().get(path.replace(".png", ".html")).expectError(404, "EntryNotFound");
        HUB.anonymous().get(path.replace(".png", "")).expectError(404, "EntryNotFound");
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, <!DOCTYPE html><script>",
        "image/png, <!DOCTYPE html><script>alert(1)</script>",
        "image/svg+xml, <svg xmlns='http://www.w3.org/2000/svg'/>",
        "image/jpeg, GIF89a..........",
        "audio/wav, RIFF....WEBP....",
        "image/png, ''",
    })
    void what_is_not_what_it_is_said_to_be_is_refused(String type, String content) {
        upload(type, Bytes.utf8(content)).expectError(400, "");
    }

    @Test
    void limits_hold_whatever_the_sender_says_of_the_length() throws Exception {
        byte[] tooLarge = begun("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", LIMIT + 1);
        upload("image/png", tooLarge).expect(413);
        path(upload("image/png", Arrays.copyOf(tooLarge, LIMIT)));
        path(upload("video/webm", begun("\u001a\u0045\u00df\u00a3", LIMIT + 1)));
        assertThat(chunked(tooLarge).statusCode()).isEqualTo(413);
        HttpResponse<String> whole = chunked(PNG);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(HUB.anonymous().head(URI.create(whole.body()).getPath()).header("Content-Length"))
                .isEqualTo(Integer.toString(PNG.length));
    }

    private static HttpResponse<String> chunked(byte[] bytes) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(HUB.base() + "/uploads"))
                .header("Authorization", "Bearer " + ANN.token())
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofString());
    }

    /** The claim alone is enough for a refusal: not one byte has to be sent. */
    @Test
    void a_length_that_is_too_large_is_refused_before_the_body_comes() throws Exception {
        try (Socket socket = new Socket(HUB.base().getHost(), HUB.base().getPort())) {
            socket.setSoTimeout(20_000);
            String head = "POST /uploads HTTP/1.1\r\nHost: " + HUB.base().getAuthority() + "\r\nAuthorization: Bearer "
                    + ANN.token() + "\r\nContent-Type: image/png\r\nContent-Length: 99999999999\r\n"
                    + "Connection: close\r\n\r\n";
            OutputStream out = socket.getOutputStream();
            out.write(Bytes.utf8(head));
            out.flush();
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void nobody_can_take_the_name() {
        HUB.register("uploads", "correct horse battery").expect(400);
        ANN.http()
                .post(
                        "/org/create",
                        Json.createObjectBuilder().add("name", "uploads").build())
                .expect(400);
    }
}
