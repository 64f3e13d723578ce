package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.contract.BadShards.BadShard;
import org.kohakuhub.contract.BadShards.Material;
import org.kohakuhub.contract.BadXorbs.BadXorb;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;
import org.kohakuhub.xet.format.Packed;

/** Forged, damaged and overlong xorbs and shards: how they are refused, and that nothing of them stays. */
@Tag("core")
class XetAttackIT {
    private static final RunningHub HUB = RunningHub.shared();
    private static final int LARGEST_BODY = 68 << 20;

    private static HubUser ann;
    private static TestRepo repo;
    private static Cas cas;
    private static XetTarget target;
    private static Material material;

    @BeforeAll
    static void a_world() {
        ann = HUB.newUser();
        repo = ann.newModel();
        target = XetTarget.of(HUB, repo);
        cas = target.cas();
        TestRepo hidden = HUB.newUser().newPrivateModel();
        Packed theirs = Cas.writing(hidden).upload(Bytes.fresh(300_000));
        hidden.commit(
                Operations.commit("Add").lfsFile("secret.bin", theirs.sha256().hex(), theirs.content().length));
        material = new Material(target.sent(), Packed.of(Bytes.fresh(300_000)), theirs);
    }

    /** Neither a commit nor a reader gets at a content that was only claimed. */
    private static void assertUnknown(Packed packed) {
        repo.commitAnswer(
                        "main",
                        Operations.commit("Claim")
                                .lfsFile("claimed.bin", packed.sha256().hex(), packed.content().length))
                .expect(422);
        cas.plan(packed.file(), "bytes=0-9").expect(404);
        cas.file(packed.file()).expect(404);
    }

    static List<BadXorb> xorbs() {
        return BadXorbs.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("xorbs")
    void a_xorb_is_refused_and_nothing_of_it_stays(BadXorb bad) {
        List<String> before = target.state();

        Answer answer = cas.xorb(bad.hash(), bad.body().get());

        assertThat(target.state()).as("%s: %s", bad, answer).isEqualTo(before);
        XetTarget.assertRefused(answer, 400, bad.fragment());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
                "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
                "g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "%20",
                "..",
                "%2e%2e",
                "0123%0a"
            })
    void a_hash_that_is_none_is_refused_wherever_it_stands(String hash) {
        List<String> before = target.state();
        byte[] body = Packed.of(Bytes.fresh(1_000)).body();

        List<Answer> answers = List.of(
                cas.http().send("POST", cas.xorbUrl(hash), null, body),
                cas.http().get(cas.planUrl(hash)),
                cas.http().get(cas.url() + "/v1/reconstructions/" + hash),
                cas.http().get(cas.url() + "/v1/chunks/default/" + hash),
                cas.http().get(cas.url() + "/v1/files/" + hash));

        assertThat(target.state()).isEqualTo(before);
        answers.forEach(answer -> XetTarget.assertRefused(answer, 400, "Not a Xet hash"));
    }

    /** The client sends up to 64 MiB of chunks and some headers; it must hear why it is refused, not a broken pipe. */
    @Test
    void a_body_that_is_too_long_is_read_to_its_end_and_refused() throws IOException {
        cas.xorb(BadXorbs.paddedHash(1 << 20), BadXorbs.padded(1 << 20)).expect(200); // its length is all that is wrong
        List<String> before = target.state();
        byte[] body = BadXorbs.padded(LARGEST_BODY + 1);
        String path = cas.xorbUrl(BadXorbs.paddedHash(LARGEST_BODY + 1).hex());

        String announced = raw("POST", path, "Content-Length: " + body.length, body);
        String chunked = raw("POST", path, "Transfer-Encoding: chunked", chunked(body));
        String wordless = raw("POST", cas.url() + "/v2/shards", "Content-Length: " + body.length, body);

        assertThat(List.of(announced, chunked, wordless))
                .allSatisfy(answer -> assertThat(answer)
                        .startsWith("HTTP/1.1 413 ")
                        .contains("X-Error-Message: ")
                        .contains(" bytes"));
        assertThat(target.state()).isEqualTo(before);
        Answer again = cas.xorb(BadXorbs.paddedHash(LARGEST_BODY + 1), body);
        XetTarget.assertRefused(again, 413, "at most " + LARGEST_BODY + " bytes");
    }

    /** Writes head and body to the last byte before it reads: what the hub closes too early is an exception here. */
    private static String raw(String method, String address, String framing, byte[] body) throws IOException {
        URI uri = URI.create(address);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(Bytes.utf8(method + ' ' + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                    + "\r\nAuthorization: Bearer " + cas.token() + "\r\nConnection: close\r\n" + framing + "\r\n\r\n"));
            out.write(body);
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] chunked(byte[] body) {
        byte[] head = Bytes.utf8(Integer.toHexString(body.length) + "\r\n");
        byte[] all = Arrays.copyOf(head, head.length + body.length + 7);
        System.arraycopy(body, 0, all, head.length, body.length);
        System.arraycopy(Bytes.utf8("\r\n0\r\n\r\n"), 0, all, head.length + body.length, 7);
        return all;
    }

    /** A client that goes away in the middle of its body leaves nothing. */
    @Test
    void a_body_that_breaks_off_leaves_nothing() throws IOException {
        List<String> before = target.state();
        Packed packed = Packed.of(Bytes.fresh(300_000));
        URI uri = URI.create(cas.xorbUrl(packed.xorb().hash().hex()));
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write(Bytes.utf8("POST " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                            + "\r\nAuthorization: Bearer " + cas.token() + "\r\nContent-Length: "
                            + packed.body().length + "\r\n\r\n"));
            socket.getOutputStream().write(packed.body(), 0, packed.body().length - 1);
            socket.getOutputStream().flush();
        }
        assertThat(target.state()).isEqualTo(before);
        assertThat(cas.xorb(packed.xorb().hash(), packed.body())
                        .expect(200)
                        .json()
                        .getBoolean("was_inserted"))
                .isTrue();
    }

    /** Having heard of a hash gives no right to what it names, and nothing is written over. */
    @Test
    void rubbish_under_a_known_hash_changes_nothing() {
        Packed theirs = material.hidden();
        List<String> before = target.state();

        Answer answer = cas.xorb(theirs.xorb().hash(), Bytes.utf8("rubbish"));

        assertThat(answer.expect(200).json().getBoolean("was_inserted")).isFalse();
        assertThat(target.state()).isEqualTo(before);
        assertUnknown(theirs);
    }

    static List<BadShard> shards() {
        return BadShards.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shards")
    void a_shard_is_refused_and_nothing_of_it_stays(BadShard bad) {
        byte[] shard = bad.bytes().apply(material);
        List<String> before = target.state();

        List<Answer> answers = List.of(cas.shard(shard), cas.shardWithProgress(shard));

        assertThat(target.state()).as("%s: %s", bad, answers).isEqualTo(before);
        answers.forEach(answer -> XetTarget.assertRefused(answer, 400, bad.fragment()));
        assertNothingClaimed();
    }

    static List<BadShard> falseContents() {
        return BadShards.falseContents();
    }

    /** The bytes are read only once the answer has begun, so that the refusal is its last line. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("falseContents")
    void a_false_sha256_is_refused_and_names_nothing(BadShard bad) {
        byte[] shard = bad.bytes().apply(material);
        List<String> before = target.state();

        Answer plain = cas.shard(shard);
        Answer progress = cas.shardWithProgress(shard);

        assertThat(target.state()).as("%s: %s %s", bad, plain, progress).isEqualTo(before);
        XetTarget.assertRefused(plain, 400, bad.fragment());
        List<String> lines = progress.expect(200).text().lines().toList();
        assertThat(lines.get(lines.size() - 1)).contains("\"type\":\"error\"", bad.fragment(), "\"retryable\":false");
        assertThat(progress.text()).doesNotContain("\"result\"");
        assertNothingClaimed();
    }

    private static void assertNothingClaimed() {
        assertUnknown(material.sent());
        assertUnknown(material.absent());
        assertUnknown(material.hidden());
    }

    /** Deduplication: who can prove that he has the chunks need not send them, whoever was first. */
    @Test
    void chunks_of_a_private_repository_are_good_for_who_has_them_himself() {
        Packed theirs = material.hidden();
        XetTarget mine = XetTarget.of(HUB, ann.newModel());
        Cas door = mine.cas();
        door.file(theirs.file()).expect(404);

        door.shard(theirs.shard()).expect(200);

        assertThat(door.file(theirs.file()).expect(200).body()).isEqualTo(theirs.content());
        mine.repo()
                .commit(Operations.commit("Add")
                        .lfsFile("mine.bin", theirs.sha256().hex(), theirs.content().length));
        assertThat(mine.repo().download("main", "mine.bin")).isEqualTo(theirs.content());
        assertThat(mine.usage().getInt("xorb_bytes")).isEqualTo(theirs.body().length);
        assertUnknown(theirs); // the right is that one repository's
    }

    @Test
    void a_commit_with_another_size_is_refused() {
        XetTarget mine = XetTarget.of(HUB, ann.newModel());
        Packed packed = mine.cas().upload(Bytes.fresh(5_000));
        String before = mine.tree();
        for (int size : new int[] {4_999, 5_001, 0}) {
            mine.repo()
                    .commitAnswer(
                            "main",
                            Operations.commit("Lie")
                                    .lfsFile("a.bin", packed.sha256().hex(), size))
                    .expect(422);
        }
        assertThat(mine.tree()).isEqualTo(before);
    }
}
