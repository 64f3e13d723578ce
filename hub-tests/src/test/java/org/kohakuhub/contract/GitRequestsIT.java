package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Requests of git's protocol that no git sends, or that only some versions do, byte by byte. */
@Tag("core")
class GitRequestsIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final String NONE = "0".repeat(40);
    private static final String UNKNOWN = "1".repeat(40);
    private static final String FLUSH = "0000";
    private static final String REPORT = "\0report-status";
    private static final List<String> SERVICES = List.of("git-receive-pack", "git-upload-pack");

    private static HubUser ann;
    private TestRepo repo;
    private String head;

    @BeforeAll
    static void somebody_comes() {
        ann = hub.newUser();
    }

    @BeforeEach
    void make_a_repository() {
        repo = ann.newModel();
        head = repo.head();
    }

    /** gitprotocol-common(5): four hex digits of length, themselves counted. */
    private static String line(String text) {
        return String.format("%04x", text.getBytes(StandardCharsets.UTF_8).length + 4) + text;
    }

    private static String move(String from, String to, String ref) {
        return from + ' ' + to + ' ' + ref;
    }

    /** gitformat-pack(5): a pack without objects. */
    private static byte[] emptyPack() {
        byte[] pack = ByteBuffer.allocate(12)
                .put(Bytes.utf8("PACK"))
                .putInt(2)
                .putInt(0)
                .array();
        try {
            return join(pack, MessageDigest.getInstance("SHA-1").digest(pack));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] zipped(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private Answer post(HubHttp caller, String service, byte[] body) {
        return caller.send("POST", repo.web() + '/' + service, "application/x-" + service + "-request", body);
    }

    private Answer push(String commands, byte[] pack) {
        return post(ann.http(), "git-receive-pack", join(Bytes.utf8(commands + FLUSH), pack));
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isBetween(400, 499);
        assertThat(answer.text()).doesNotContain("Exception", "\tat ", "org.eclipse", "Internal");
    }

    @Test
    void what_does_not_begin_as_git_s_requests_do_is_refused() {
        String before = repo.refs().toString();
        for (String service : SERVICES) {
            for (String body : new String[] {"", "00", "00a5abc", "zzzzabc", "0001", "0002", "0003", "<html>", "{}"}) {
                assertRefused(post(ann.http(), service, Bytes.utf8(body)));
                assertRefused(post(ann.http().with("Git-Protocol", "version=2"), service, Bytes.utf8(body)));
            }
            assertThat(post(ann.http(), service, Bytes.utf8(FLUSH)).status())
                    .as("git sends this alone to try its credentials")
                    .isEqualTo(200);
        }
        assertThat(repo.refs().toString()).isEqualTo(before);
    }

    @Test
    void what_is_not_packed_as_it_says_is_refused() {
        byte[] zipped = zipped(Bytes.random(2000, 1));
        for (String service : SERVICES) {
            HubHttp gzip = ann.http().with("Content-Encoding", "gzip");
            assertRefused(post(gzip, service, Bytes.utf8("0000")));
            assertRefused(post(gzip, service, zipped));
            assertRefused(post(gzip, service, Arrays.copyOf(zipped, 200)));
            assertRefused(post(ann.http().with("Content-Encoding", "br"), service, Bytes.utf8(FLUSH)));
        }
    }

    @Test
    void another_content_type_another_method_or_service_is_refused() {
        for (String service : SERVICES) {
            String path = repo.web() + '/' + service;
            for (String type : new String[] {"text/plain", "application/x-git-other-request", "application/json"}) {
                assertThat(ann.http()
                                .send("POST", path, type, Bytes.utf8(FLUSH))
                                .status())
                        .isEqualTo(415);
            }
            assertRefused(ann.http().get(path));
        }
        for (String query : new String[] {"", "?service=", "?service=git-evil", "?service=git-upload-archive"}) {
            assertRefused(ann.http().get(repo.web() + "/info/refs" + query));
        }
        // the dumb protocol would pass by all that decides what may be seen
        for (String path : new String[] {"/HEAD", "/objects/info/packs", "/objects/" + head.substring(0, 2) + '/'}) {
            assertRefused(ann.http().get(repo.web() + path));
        }
    }

    /** gitprotocol-http(5), "Smart Server Response": no cache may keep it. */
    @Test
    void no_cache_keeps_what_refs_there_are() {
        for (String service : SERVICES) {
            Answer refs =
                    ann.http().get(repo.web() + "/info/refs?service=" + service).expect(200);
            assertThat(refs.header("Content-Type")).isEqualTo("application/x-" + service + "-advertisement");
            assertThat(refs.header("Cache-Control")).contains("no-cache");
            assertThat(refs.text()).startsWith(line("# service=" + service + '\n') + FLUSH);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "%x %h refs/heads/a", "%0 %h HEAD", "%0 %h refs/heads/", "%0 %h refs/heads/.."})
    void a_command_that_is_none_is_refused(String command) {
        String before = repo.refs().toString();
        String filled =
                command.replace("%x", "x".repeat(40)).replace("%0", NONE).replace("%h", head);
        assertRefused(push(line(filled + REPORT), emptyPack()));
        assertThat(repo.refs().toString()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "want xyz, 200",
        "want " + "1111111111111111111111111111111111111111" + ", 200",
        "have 1111111111111111111111111111111111111111, 200"
    })
    void what_cannot_be_fetched_is_told_to_git(String request, int status) {
        Answer answer =
                post(hub.anonymous(), "git-upload-pack", Bytes.utf8(line(request + '\n') + FLUSH + line("done\n")));
        assertThat(answer.expect(status).text()).contains("ERR ").doesNotContain("Exception", "Internal");
        Answer second = post(
                hub.anonymous().with("Git-Protocol", "version=2"),
                "git-upload-pack",
                Bytes.utf8(line("command=evil\n") + FLUSH));
        assertThat(second.expect(200).text()).contains("ERR ").doesNotContain("Exception", "Internal");
    }

    @Test
    void a_broken_pack_is_reported_and_nothing_moves() {
        String before = repo.refs().toString();
        String commands = line(move(NONE, head, "refs/heads/new") + REPORT);
        byte[] pack = emptyPack();
        byte[] wrongSum = pack.clone();
        wrongSum[wrongSum.length - 1] ^= 1;
        for (byte[] broken : List.of(
                new byte[0],
                Bytes.utf8("garbage".repeat(30)),
                wrongSum,
                Arrays.copyOf(pack, pack.length - 5),
                Bytes.random(300_000, 5))) {
            assertThat(push(commands, broken).expect(200).text())
                    .contains("unpack error", "ng refs/heads/new")
                    .doesNotContain("Exception", "\tat ");
        }
        assertThat(repo.refs().toString()).isEqualTo(before);
    }

    @Test
    void a_branch_to_what_is_not_there_is_refused() {
        String before = repo.refs().toString();
        assertThat(push(line(move(NONE, UNKNOWN, "refs/heads/new") + REPORT), emptyPack())
                        .text())
                .doesNotContain("ok refs/heads/new");
        assertThat(repo.refs().toString()).isEqualTo(before);
    }

    @Test
    void a_push_may_be_gzipped() {
        byte[] body = join(Bytes.utf8(line(move(NONE, head, "refs/heads/zipped") + REPORT) + FLUSH), emptyPack());
        for (String name : new String[] {"gzip", "x-gzip"}) {
            byte[] named = join(Bytes.utf8(line(move(NONE, head, "refs/heads/" + name) + REPORT) + FLUSH), emptyPack());
            Answer answer = post(ann.http().with("Content-Encoding", name), "git-receive-pack", zipped(named));
            assertThat(answer.expect(200).text()).contains("ok refs/heads/" + name);
        }
        assertThat(post(ann.http().with("Content-Encoding", "identity"), "git-receive-pack", body)
                        .expect(200)
                        .text())
                .contains("ok refs/heads/zipped");
        assertThat(repo.refs().toString()).contains("\"gzip\"", "\"x-gzip\"", "\"zipped\"");
    }

    /** As curl does it: whoever hears nothing for a second sends his body all the same. Not every server says 100. */
    @Test
    void a_client_that_waits_for_100_continue_is_served() throws IOException {
        byte[] body = join(Bytes.utf8(line(move(NONE, head, "refs/heads/waited") + REPORT) + FLUSH), emptyPack());
        URI base = hub.base();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(1_000);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(Bytes.utf8("POST " + repo.web() + "/git-receive-pack HTTP/1.1\r\nHost: " + base.getAuthority()
                    + "\r\nAuthorization: " + ann.basic()
                    + "\r\nContent-Type: application/x-git-receive-pack-request\r\nExpect: 100-continue\r\n"
                    + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"));
            out.flush();
            try {
                assertThat(head(in)).startsWith("HTTP/1.1 100");
            } catch (SocketTimeoutException silence) {
                assertThat(socket.isConnected()).isTrue();
            }
            socket.setSoTimeout(20_000);
            for (byte one : body) { // the smallest chunks that there are
                out.write(Bytes.utf8("1\r\n"));
                out.write(one);
                out.write(Bytes.utf8("\r\n"));
            }
            out.write(Bytes.utf8("0\r\n\r\n"));
            out.flush();
            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains("ok refs/heads/waited");
        }
        assertThat(repo.refs().toString()).contains("\"waited\"");
    }

    /** Some servers say 100 by themselves, before anybody is asked; the refusal does not wait for the body even so. */
    @Test
    void a_push_of_somebody_who_may_not_is_refused_before_its_body_is_sent() throws IOException {
        URI base = hub.base();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(Bytes.utf8("POST " + repo.web() + "/git-receive-pack HTTP/1.1\r\nHost: "
                            + base.getAuthority()
                            + "\r\nContent-Type: application/x-git-receive-pack-request\r\nExpect: 100-continue\r\n"
                            + "Content-Length: 1000000\r\n\r\n"));
            String first = head(socket.getInputStream());
            String last = first.startsWith("HTTP/1.1 100") ? head(socket.getInputStream()) : first;
            assertThat(last).startsWith("HTTP/1.1 401");
        }
    }

    /** A status line and its fields, up to the empty line; the reason phrase is optional. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("the connection ended after: %s", head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    /** Case of t5543: the client is told who was in the way, and with {@code atomic} nothing else moves either. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_several_refs_one_is_stale(boolean atomic) {
        push(line(move(NONE, head, "refs/heads/b") + REPORT), emptyPack()).expect(200);
        String next = repo.commitFile("next.txt", Bytes.utf8("next"));
        String report = push(
                        line(move(head, next, "refs/heads/b") + REPORT + (atomic ? " atomic" : ""))
                                + line(move(UNKNOWN, next, "refs/heads/main"))
                                + line(move(NONE, next, "refs/heads/c"))
                                + line(move(UNKNOWN, NONE, "refs/heads/gone")),
                        emptyPack())
                .expect(200)
                .text();
        assertThat(report).contains("ng refs/heads/main", "ng refs/heads/gone");
        if (atomic) {
            assertThat(report).contains("ng refs/heads/b", "ng refs/heads/c");
            assertThat(repo.refs().toString()).contains("\"b\"", head).doesNotContain("\"c\"");
        } else {
            assertThat(report).contains("ok refs/heads/b", "ok refs/heads/c");
            assertThat(repo.refs().toString()).contains("\"b\"", "\"c\"").doesNotContain(head);
        }
    }

    @Test
    void from_nothing_to_nothing_moves_no_ref_and_hurts_nobody() {
        String before = repo.refs().toString();
        for (String ref : new String[] {"refs/heads/nothing", "refs/tags/nothing", "refs/heads/main"}) {
            assertThat(push(line(move(NONE, NONE, ref) + REPORT), new byte[0]).text())
                    .contains("ng " + ref);
        }
        assertThat(repo.refs().toString()).isEqualTo(before);
        hub.anonymous().get(repo.web() + "/info/refs?service=git-upload-pack").expect(200);
    }

    @Test
    void one_push_may_not_make_a_branch_and_a_folder_of_its_name() {
        for (boolean atomic : new boolean[] {true, false}) {
            String report = push(
                            line(move(NONE, head, "refs/heads/a") + REPORT + (atomic ? " atomic" : ""))
                                    + line(move(NONE, head, "refs/heads/a/b")),
                            emptyPack())
                    .expect(200)
                    .text();
            assertThat(report).contains("ng refs/heads/a/b");
            assertThat(repo.refs().toString()).doesNotContain("a/b");
        }
        assertThat(repo.refs().toString()).contains("\"a\"");
    }

    @Test
    void a_ref_named_twice_in_one_push_does_not_move() {
        String before = repo.refs().toString();
        String report = push(
                        line(move(NONE, head, "refs/heads/d") + REPORT) + line(move(NONE, head, "refs/heads/d")),
                        emptyPack())
                .expect(200)
                .text();
        assertThat(report).contains("ng refs/heads/d").doesNotContain("ok refs/heads/d");
        assertThat(repo.refs().toString()).isEqualTo(before);
    }

    @Test
    void a_private_repository_looks_missing_to_who_may_not_see_it() {
        repo = ann.newPrivateModel();
        HubHttp stranger = hub.newUser().http();
        TestRepo missing = new TestRepo(ann, "model", repo.id() + "-not");
        String info = "/info/refs?service=git-receive-pack";
        byte[] body = join(Bytes.utf8(line(move(NONE, repo.head(), "refs/heads/x") + REPORT) + FLUSH), emptyPack());
        for (HubHttp caller : List.of(stranger, hub.anonymous())) {
            Answer there = caller.get(repo.web() + info);
            Answer nowhere = caller.get(missing.web() + info);
            assertThat(there.status()).isEqualTo(nowhere.status()).isIn(401, 404);
            assertThat(there.text()).isEqualTo(nowhere.text());
            assertThat(post(caller, "git-receive-pack", body).status()).isEqualTo(there.status());
        }
        assertThat(hub.anonymous().get(repo.web() + info).header("WWW-Authenticate"))
                .startsWith("Basic realm=");
        assertThat(post(ann.readOnly(), "git-receive-pack", body).expect(403).text())
                .contains("read-only");
        ann.readOnly().get(repo.web() + info).expect(403);
        assertThat(repo.refs().toString()).doesNotContain("\"x\"");
        assertThat(post(ann.http(), "git-receive-pack", body).expect(200).text())
                .contains("ok refs/heads/x");
    }
}
