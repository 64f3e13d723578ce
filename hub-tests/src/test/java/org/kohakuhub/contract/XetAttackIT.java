package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
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
import org.kohakuhub.it.Heap;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;
import org.kohakuhub.xet.format.Damage;
import org.kohakuhub.xet.format.Packed;
import org.kohakuhub.xet.format.ShardFile;
import org.kohakuhub.xet.format.ShardReader;
import org.kohakuhub.xet.format.VerifiedXorb;
import org.kohakuhub.xet.format.XetFormatException;

/** Forged, damaged and overlong xorbs and shards: how they are refused, and that nothing of them stays. */
@Tag("core")
class XetAttackIT {
    private static final RunningHub HUB = RunningHub.shared();
    private static final int LARGEST_BODY = 68 << 20;
    private static final int ROUNDS = 1_000;

    private static HubUser ann;
    private static TestRepo repo;
    private static Cas cas;
    private static Material material;

    @BeforeAll
    static void a_world() {
        ann = HUB.newUser();
        repo = ann.newModel();
        cas = Cas.writing(repo);
        TestRepo hidden = HUB.newUser().newPrivateModel();
        Packed theirs = Cas.writing(hidden).upload(fresh(300_000));
        hidden.commit(
                Operations.commit("Add").lfsFile("secret.bin", theirs.sha256().hex(), theirs.content().length));
        material = new Material(sent(), Packed.of(fresh(300_000)), theirs);
    }

    private static byte[] fresh(int size) {
        return Bytes.random(size, System.nanoTime());
    }

    /** A xorb that waits for its shard. */
    private static Packed sent() {
        Packed packed = Packed.of(fresh(300_000));
        cas.xorb(packed.xorb().hash(), packed.body()).expect(200);
        return packed;
    }

    /** What the repository takes and has, and all that the sweep knows of: every xorb that no file has. */
    private static List<String> state() {
        Stream<String> swept =
                HUB.siteAdmin().get("/admin/api/xet/sweep").expect(200).json().getJsonArray("waiting").stream()
                        .map(JsonValue::asJsonObject)
                        .map(waiting -> waiting.getString("step") + ' ' + waiting.getString("name"));
        return Stream.concat(Stream.of(usage(repo).toString(), repo.refs().toString(), tree(repo)), swept)
                .toList();
    }

    private static JsonObject usage(TestRepo repo) {
        return HUB.siteAdmin()
                .get("/admin/api/xet/usage/" + repo.type() + "s/" + repo.id())
                .expect(200)
                .json();
    }

    private static String tree(TestRepo repo) {
        return repo.owner()
                .http()
                .get(repo.api() + "/tree/main?recursive=true&expand=false")
                .expect(200)
                .text();
    }

    private static void assertRefused(Answer answer, int status, String fragment) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.errorCode()).as("X-Error-Code of %s", answer).isEmpty();
        assertThat(answer.errorMessage()).as("%s", answer).containsIgnoringCase(fragment);
        assertThat(answer.json().getString("error")).containsIgnoringCase(fragment);
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
        List<String> before = state();

        Answer answer = cas.xorb(bad.hash(), bad.body().get());

        assertThat(state()).as("%s: %s", bad, answer).isEqualTo(before);
        assertRefused(answer, 400, bad.fragment());
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
        List<String> before = state();
        byte[] body = Packed.of(fresh(1_000)).body();

        List<Answer> answers = List.of(
                cas.http().send("POST", cas.xorbUrl(hash), null, body),
                cas.http().get(cas.planUrl(hash)),
                cas.http().get(cas.url() + "/v1/reconstructions/" + hash),
                cas.http().get(cas.url() + "/v1/chunks/default/" + hash),
                cas.http().get(cas.url() + "/v1/files/" + hash));

        assertThat(state()).isEqualTo(before);
        answers.forEach(answer -> assertRefused(answer, 400, "Not a Xet hash"));
    }

    /** The client sends up to 64 MiB of chunks and some headers; it must hear why it is refused, not a broken pipe. */
    @Test
    void a_body_that_is_too_long_is_read_to_its_end_and_refused() throws IOException {
        cas.xorb(BadXorbs.paddedHash(1 << 20), BadXorbs.padded(1 << 20)).expect(200); // its length is all that is wrong
        List<String> before = state();
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
        assertThat(state()).isEqualTo(before);
        Answer again = cas.xorb(BadXorbs.paddedHash(LARGEST_BODY + 1), body);
        assertRefused(again, 413, "at most " + LARGEST_BODY + " bytes");
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
        List<String> before = state();
        Packed packed = Packed.of(fresh(300_000));
        URI uri = URI.create(cas.xorbUrl(packed.xorb().hash().hex()));
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write(Bytes.utf8("POST " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                            + "\r\nAuthorization: Bearer " + cas.token() + "\r\nContent-Length: "
                            + packed.body().length + "\r\n\r\n"));
            socket.getOutputStream().write(packed.body(), 0, packed.body().length - 1);
            socket.getOutputStream().flush();
        }
        assertThat(state()).isEqualTo(before);
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
        List<String> before = state();

        Answer answer = cas.xorb(theirs.xorb().hash(), Bytes.utf8("rubbish"));

        assertThat(answer.expect(200).json().getBoolean("was_inserted")).isFalse();
        assertThat(state()).isEqualTo(before);
        assertUnknown(theirs);
    }

    static List<BadShard> shards() {
        return BadShards.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shards")
    void a_shard_is_refused_and_nothing_of_it_stays(BadShard bad) {
        byte[] shard = bad.bytes().apply(material);
        List<String> before = state();

        List<Answer> answers = List.of(cas.shard(shard), cas.shardWithProgress(shard));

        assertThat(state()).as("%s: %s", bad, answers).isEqualTo(before);
        answers.forEach(answer -> assertRefused(answer, 400, bad.fragment()));
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
        List<String> before = state();

        Answer plain = cas.shard(shard);
        Answer progress = cas.shardWithProgress(shard);

        assertThat(state()).as("%s: %s %s", bad, plain, progress).isEqualTo(before);
        assertRefused(plain, 400, bad.fragment());
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
        TestRepo mine = ann.newModel();
        Cas door = Cas.writing(mine);
        door.file(theirs.file()).expect(404);

        door.shard(theirs.shard()).expect(200);

        assertThat(door.file(theirs.file()).expect(200).body()).isEqualTo(theirs.content());
        mine.commit(Operations.commit("Add").lfsFile("mine.bin", theirs.sha256().hex(), theirs.content().length));
        assertThat(mine.download("main", "mine.bin")).isEqualTo(theirs.content());
        assertThat(usage(mine).getInt("xorb_bytes")).isEqualTo(theirs.body().length);
        assertUnknown(theirs); // the right is that one repository's
    }

    @Test
    void a_commit_with_another_size_is_refused() {
        TestRepo mine = ann.newModel();
        Packed packed = Cas.writing(mine).upload(fresh(5_000));
        String before = tree(mine);
        for (int size : new int[] {4_999, 5_001, 0}) {
            mine.commitAnswer(
                            "main",
                            Operations.commit("Lie")
                                    .lfsFile("a.bin", packed.sha256().hex(), size))
                    .expect(422);
        }
        assertThat(tree(mine)).isEqualTo(before);
    }

    /** The unit tests do more of them; here is what the server makes of them. */
    @Test
    void a_thousand_damaged_xorbs_are_refused() throws IOException {
        Packed whole = Packed.of(fresh(60_000));
        List<String> before = state();
        Heap heap = Heap.of(HUB);
        Random random = new Random(44);
        int same = 0;
        long began = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = Damage.of(whole.body(), random);
            if (isSame(whole, damaged)) {
                same++; // another way to write the same chunks
                continue;
            }
            assertRefused(cas.xorb(whole.xorb().hash(), damaged), 400, "Invalid xorb");
        }
        tell(ROUNDS - same + " damaged xorbs refused", began, heap);
        assertThat(same).isLessThan(ROUNDS / 10);
        assertThat(state()).isEqualTo(before);
        assertThat(cas.xorb(whole.xorb().hash(), whole.body())
                        .expect(200)
                        .json()
                        .getBoolean("was_inserted"))
                .isTrue();
    }

    private static boolean isSame(Packed whole, byte[] body) throws IOException {
        try {
            VerifiedXorb read = VerifiedXorb.read(new ByteArrayInputStream(body), OutputStream.nullOutputStream());
            return read.hash().equals(whole.xorb().hash());
        } catch (XetFormatException e) {
            return false;
        }
    }

    /** Some faults are in bytes that mean nothing: such a shard says what the whole one says. */
    @Test
    void a_thousand_damaged_shards_are_refused_or_say_the_same() throws IOException {
        TestRepo mine = ann.newModel();
        Cas door = Cas.writing(mine);
        Packed whole = sent();
        byte[] shard = whole.shard();
        String tree = tree(mine);
        Heap heap = Heap.of(HUB);
        Random random = new Random(45);
        int taken = 0;
        long began = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = Damage.of(shard, random);
            Answer answer = door.shard(damaged);
            if (answer.status() == 200) {
                assertThat(files(damaged)).as("%s", answer).isSubsetOf(name(whole));
                taken++;
            } else {
                assertRefused(answer, 400, "Invalid shard");
            }
        }
        tell(ROUNDS - taken + " damaged shards refused, " + taken + " with harmless faults taken", began, heap);
        assertThat(taken).isLessThan(ROUNDS / 4);
        assertThat(tree(mine)).isEqualTo(tree);
        assertThat(usage(mine).getInt("logical_bytes")).isIn(0, whole.content().length);
        door.shard(shard).expect(200);
        assertThat(door.file(whole.file()).expect(200).body()).isEqualTo(whole.content());
    }

    private static String name(Packed packed) {
        return packed.file() + " " + packed.sha256();
    }

    private static List<String> files(byte[] shard) throws IOException {
        ShardReader reader = new ShardReader(new ByteArrayInputStream(shard), shard.length);
        return Stream.iterate(reader.nextFile(), file -> file.isPresent(), file -> next(reader))
                .map(file -> file.get().hash() + " " + file.get().sha256().orElse(null))
                .toList();
    }

    private static Optional<ShardFile> next(ShardReader reader) {
        try {
            return reader.nextFile();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What is refused takes neither memory nor time away from the others. */
    private static void tell(String what, long began, Heap before) {
        long now = System.nanoTime();
        HUB.anonymous().get("/health/ready").expect(200);
        ann.http().get(repo.api()).expect(200);
        long answered = (System.nanoTime() - now) / 1_000_000;
        String memory = before.isKnown() ? before + " -> " + Heap.of(HUB) : "heap unknown";
        System.out.printf(
                Locale.ROOT,
                "%s in %.1f s, then 2 answers in %d ms, %s%n",
                what,
                (now - began) / 1e9,
                answered,
                memory);
        assertThat(answered).isLessThan(2_000);
        if (before.isKnown()) {
            assertThat(Heap.of(HUB).megabytes()).isLessThan(before.megabytes() + 100);
        }
    }
}
