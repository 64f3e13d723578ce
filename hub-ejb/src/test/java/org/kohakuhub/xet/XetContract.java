package org.kohakuhub.xet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.kohakuhub.object.TestObjects.sha256;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.object.ObjectInfo;
import org.kohakuhub.xet.ReconstructionService.Plan;
import org.kohakuhub.xet.TestXet.Packed;
import org.kohakuhub.xet.format.ShardBytes;
import org.kohakuhub.xet.format.ShardBytes.ProvenTerm;
import org.kohakuhub.xet.format.Vectors;
import org.kohakuhub.xet.format.VerifiedXorb;
import org.kohakuhub.xet.format.XetHashing;
import org.kohakuhub.xet.format.XorbWriter;

/** docs/xet-protocol.md, sections 2, 6 and 7.3, on a database and the embedded object store. */
interface XetContract {
    TestXet hub();

    /** Bytes that no other test has. */
    static byte[] fresh(int size) {
        return Vectors.random(size, ThreadLocalRandom.current().nextLong());
    }

    @Test
    default void what_was_sent_is_planned_fetched_and_read_the_same() throws Exception {
        RepoKey repo = hub().objects.newRepository();
        byte[] content = fresh(700_000);

        Packed packed = TestXet.pack(content);
        assertThat(hub().send(repo, packed)).isTrue();
        assertThat(hub().send(repo, packed)).as("again").isFalse();
        assertThat(hub().sendShard(repo, packed.shard())).isEqualTo(1);
        assertThat(hub().sendShard(repo, packed.shard())).as("again").isZero();

        assertThat(hub().objects.contents.granted(repo, List.of(sha256(content))))
                .containsEntry(
                        sha256(content),
                        new ObjectInfo(sha256(content), content.length, java.util.Optional.of(packed.file())));
        Plan whole = hub().plan(repo, packed.file(), 0, Long.MAX_VALUE);
        assertThat(whole.offset()).isZero();
        assertThat(hub().download(whole)).isEqualTo(content);
        try (InputStream in = hub().files.open(packed.file(), 0, content.length)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    default void any_part_of_a_file_is_read_from_the_chunks_that_hold_it() throws Exception {
        RepoKey repo = hub().objects.newRepository();
        byte[] content = fresh(1_500_000);
        Packed first = TestXet.pack(Arrays.copyOf(content, 800_000));
        Packed second = TestXet.pack(Arrays.copyOfRange(content, 800_000, content.length));
        XetHash file = sendFile(repo, content, first, second);

        Random random = new Random(5);
        for (int round = 0; round < 40; round++) {
            int from = random.nextInt(content.length);
            int to = from + 1 + random.nextInt(Math.min(300_000, content.length - from));
            byte[] expected = Arrays.copyOfRange(content, from, to);
            try (InputStream in = hub().files.open(file, from, to - from)) {
                assertThat(in.readAllBytes()).as("%s to %s", from, to).isEqualTo(expected);
            }
            Plan plan = hub().plan(repo, file, from, to - 1L);
            assertThat(Arrays.copyOf(hub().download(plan), to - from)).isEqualTo(expected);
            long planned = plan.terms().stream().mapToInt(Term::length).sum();
            assertThat(planned).isLessThan(to - from + 2 * 131_072L);
        }
    }

    private XetHash sendFile(RepoKey repo, byte[] content, Packed... parts) {
        List<ProvenTerm> terms =
                Arrays.stream(parts).map(part -> ProvenTerm.all(part.xorb())).toList();
        XetHash file =
                ShardBytes.fileHash(Arrays.stream(parts).map(Packed::xorb).toList(), terms);
        ShardBytes shard = new ShardBytes().file(file, sha256(content), terms.toArray(new ProvenTerm[0]));
        for (Packed part : parts) {
            hub().send(repo, part);
            shard.xorb(part.xorb());
        }
        hub().sendShard(repo, shard.bytes());
        return file;
    }

    /** 2.3: a run of zeros is many terms on one chunk, which lie in one run. */
    @Test
    default void terms_that_overlap_lie_in_one_run() throws Exception {
        RepoKey repo = hub().objects.newRepository();
        byte[] part = fresh(200_000);
        Packed packed = TestXet.pack(part);
        int count = packed.xorb().chunks().count();
        List<ProvenTerm> terms = List.of(
                ProvenTerm.all(packed.xorb()),
                ProvenTerm.of(packed.xorb(), 0, 1),
                ProvenTerm.of(packed.xorb(), 1, count),
                ProvenTerm.all(packed.xorb()));
        byte[] content = Arrays.copyOf(part, 3 * part.length);
        System.arraycopy(part, 0, content, part.length, part.length);
        System.arraycopy(part, 0, content, 2 * part.length, part.length);
        XetHash file = ShardBytes.fileHash(List.of(packed.xorb()), terms);
        hub().send(repo, packed);
        hub().sendShard(
                        repo,
                        new ShardBytes()
                                .file(file, sha256(content), terms.toArray(new ProvenTerm[0]))
                                .xorb(packed.xorb())
                                .bytes());

        Plan plan = hub().plan(repo, file, 0, Long.MAX_VALUE);
        assertThat(plan.terms()).hasSize(4);
        assertThat(plan.xorbs().get(packed.xorb().hash())).hasSize(1);
        assertThat(hub().download(plan)).isEqualTo(content);
        try (InputStream in = hub().files.open(file, 10, content.length - 10)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 10, content.length));
        }
    }

    @Test
    default void a_range_behind_the_end_is_refused_and_one_across_it_is_cut() throws Exception {
        RepoKey repo = hub().objects.newRepository();
        Packed packed = hub().upload(repo, fresh(10_000));
        refused(ErrorKind.RANGE_NOT_SATISFIABLE, () -> hub().plan(repo, packed.file(), 10_000, 20_000));
        assertThat(hub().download(hub().plan(repo, packed.file(), 9_999, 20_000)))
                .hasSize(1);
    }

    @Test
    default void a_forged_xorb_is_refused_and_nothing_stays() {
        RepoKey repo = hub().objects.newRepository();
        Packed packed = TestXet.pack(fresh(100_000));
        Packed other = TestXet.pack(fresh(100_000));
        long before = hub().count("xorb");
        long promised = hub().count("store_intent");
        String token = hub().writeToken(repo);

        refused(
                ErrorKind.INVALID,
                () -> hub().xorbs.upload(token, other.xorb().hash(), new ByteArrayInputStream(packed.body())));
        refused(
                ErrorKind.INVALID,
                () -> hub().xorbs.upload(token, packed.xorb().hash(), new ByteArrayInputStream(new byte[100])));
        byte[] cut = Arrays.copyOf(packed.body(), packed.body().length - 1);
        refused(
                ErrorKind.INVALID,
                () -> hub().xorbs.upload(token, packed.xorb().hash(), new ByteArrayInputStream(cut)));

        assertThat(hub().count("xorb")).isEqualTo(before);
        assertThat(hub().count("store_intent")).isEqualTo(promised);
    }

    @Test
    default void a_body_longer_than_any_xorb_is_too_large() {
        RepoKey repo = hub().objects.newRepository();
        byte[] record = new byte[8 + 8_192];
        System.arraycopy(new byte[] {0, 0, 32, 0, 0, 0, 32, 0}, 0, record, 0, 8);
        InputStream endless = new InputStream() {
            private long read;

            @Override
            public int read() {
                return record[(int) (read++ % record.length)];
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    bytes[offset + i] = (byte) read();
                }
                return length;
            }
        };
        refused(
                ErrorKind.INVALID,
                () -> hub().xorbs.upload(hub().writeToken(repo), XetHash.parse("0".repeat(64)), endless));
    }

    @Test
    default void a_shard_that_does_not_hold_is_refused_and_nothing_stays() {
        RepoKey repo = hub().objects.newRepository();
        byte[] content = fresh(300_000);
        Packed packed = TestXet.pack(content);
        Packed absent = TestXet.pack(fresh(50_000));
        hub().send(repo, packed);
        ProvenTerm right = ProvenTerm.all(packed.xorb());
        Sha256 sha256 = sha256(content);
        XetHash file = packed.file();
        long files = hub().count("xet_file");

        shardRefused(repo, new ShardBytes().file(file, sha256(fresh(10)), right), "sha256");
        shardRefused(repo, new ShardBytes().file(absent.file(), sha256, right), "another hash");
        shardRefused(repo, new ShardBytes().file(file, sha256, false, right), "verification");
        shardRefused(repo, new ShardBytes().file(file, null, right), "no sha256");
        shardRefused(repo, new ShardBytes().file(file, sha256), "no content");
        shardRefused(
                repo, new ShardBytes().file(absent.file(), sha256, ProvenTerm.all(absent.xorb())), "not stored here");
        ProvenTerm guessed = new ProvenTerm(
                right.xorb(), right.bytes(), right.start(), right.end(), XetHashing.chunk(content, 0, 5));
        shardRefused(repo, new ShardBytes().file(file, sha256, guessed), "range hash");
        ProvenTerm longer =
                new ProvenTerm(right.xorb(), right.bytes() + 1, right.start(), right.end(), right.rangeHash());
        shardRefused(repo, new ShardBytes().file(file, sha256, longer), "length");
        for (int[] ends : new int[][] {{0, right.end() + 1}, {3, 3}, {4, 2}, {-1, 2}}) {
            ProvenTerm beyond = new ProvenTerm(right.xorb(), right.bytes(), ends[0], ends[1], right.rangeHash());
            shardRefused(repo, new ShardBytes().file(file, sha256, beyond), "does not have");
        }
        shardRefused(repo, new ShardBytes().file(file, sha256, right).xorb(absent.xorb()), "not stored here");

        assertThat(hub().count("xet_file")).isEqualTo(files);
        assertThat(hub().objects.contents.granted(repo, List.of(sha256))).isEmpty();
        assertThat(hub().sendShard(repo, packed.shard())).isEqualTo(1);
    }

    private void shardRefused(RepoKey repo, ShardBytes shard, String why) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub().sendShard(repo, shard.bytes()))
                .withMessageContaining(why)
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.INVALID);
    }

    /** The whole shard or nothing of it. */
    @Test
    default void one_false_sha256_leaves_the_other_files_unnamed_too() {
        RepoKey repo = hub().objects.newRepository();
        byte[] content = fresh(20_000);
        Packed good = TestXet.pack(content);
        Packed bad = TestXet.pack(fresh(20_000));
        hub().send(repo, good);
        hub().send(repo, bad);
        byte[] shard = new ShardBytes()
                .file(good.file(), sha256(content), ProvenTerm.all(good.xorb()))
                .file(bad.file(), sha256(content), ProvenTerm.all(bad.xorb()))
                .bytes();

        refused(ErrorKind.INVALID, () -> hub().sendShard(repo, shard));

        assertThat(hub().objects.contents.granted(repo, List.of(sha256(content))))
                .isEmpty();
    }

    @Test
    default void only_a_living_token_of_the_right_scope_and_repository_opens_anything() {
        RepoKey mine = hub().objects.newRepository();
        RepoKey other = hub().objects.newRepository();
        Packed packed = hub().upload(mine, fresh(5_000));
        InputStream body = new ByteArrayInputStream(packed.body());
        XetHash hash = packed.xorb().hash();
        String write = hub().writeToken(mine);

        refused(ErrorKind.FORBIDDEN, () -> hub().xorbs.upload(hub().readToken(mine), hash, body));
        refused(ErrorKind.FORBIDDEN, () -> hub().shards.check(hub().readToken(mine), TestXet.body(packed.shard())));
        refused(ErrorKind.UNAUTHENTICATED, () -> hub().xorbs.upload("x" + write, hash, body));
        refused(ErrorKind.UNAUTHENTICATED, () -> hub().xorbs.upload("", hash, body));
        String forged = hub().readToken(mine).split("\\.", 2)[0] + "." + write.split("\\.", 2)[1];
        refused(ErrorKind.UNAUTHENTICATED, () -> hub().xorbs.upload(forged, hash, body));
        refused(ErrorKind.NOT_FOUND, () -> hub().plan(other, packed.file(), 0, 10));
        String foreign =
                hub().tokens.issue(CasScope.WRITE, mine, TestXet.owner(other)).token();
        refused(ErrorKind.FORBIDDEN, () -> hub().xorbs.upload(foreign, hash, body));

        hub().objects.clock.pass(CasTokens.LIFE.plus(Duration.ofMinutes(2)));
        refused(ErrorKind.UNAUTHENTICATED, () -> hub().xorbs.upload(write, hash, body));
        refused(ErrorKind.UNAUTHENTICATED, () -> hub().dedup.query(write, hash));
    }

    /** 6: the range hash proves possession, whoever has sent the chunks first. */
    @Test
    default void who_has_the_chunks_may_name_them_in_another_repository() throws Exception {
        RepoKey first = hub().objects.newRepository();
        RepoKey second = hub().objects.newRepository();
        byte[] content = fresh(100_000);
        Packed packed = hub().upload(first, content);
        assertThat(hub().objects.contents.granted(second, List.of(sha256(content))))
                .isEmpty();

        assertThat(hub().sendShard(second, packed.shard())).isZero();

        assertThat(hub().download(hub().plan(second, packed.file(), 0, Long.MAX_VALUE)))
                .isEqualTo(content);
    }

    @Test
    default void the_first_chunk_of_a_file_finds_all_its_xorbs() {
        RepoKey repo = hub().objects.newRepository();
        byte[] content = fresh(400_000);
        Packed first = TestXet.pack(Arrays.copyOf(content, 200_000));
        Packed second = TestXet.pack(Arrays.copyOfRange(content, 200_000, content.length));
        sendFile(repo, content, first, second);
        XetHash chunk = first.xorb().chunks().hash(0);

        byte[] answer = hub().dedup.query(hub().readToken(repo), chunk).orElseThrow();

        int entries = first.xorb().chunks().count() + second.xorb().chunks().count();
        assertThat(answer).hasSize((3 + 2 + entries) * 48 + 200);
        assertThat(indexOf(answer, chunk.bytes())).as("the chunk's own hash").isNegative();
        assertThat(indexOf(answer, second.xorb().hash().bytes())).isPositive();
        assertThat(hub().dedup.query(hub().readToken(repo), XetHashing.chunk(fresh(9), 0, 9)))
                .isEmpty();
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int at = 0; at + part.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }

    /** 7.3: 7 days for orphans, 28 for what was named, a day between the steps, and a mention saves. */
    @Test
    default void what_nobody_uses_goes_in_two_steps_and_a_mention_saves_it() throws IOException {
        RepoKey repo = hub().objects.newRepository();
        Packed orphan = TestXet.pack(fresh(3_000));
        Packed saved = TestXet.pack(fresh(3_000));
        Packed used = hub().upload(repo, fresh(3_000));
        hub().send(repo, orphan);
        hub().send(repo, saved);

        hub().objects.clock.pass(XetSweep.ORPHAN.minusHours(1));
        hub().sweep.sweep();
        assertThat(waiting(orphan)).isEqualTo(XetSweep.Step.CONDEMN_XORB);

        hub().objects.clock.pass(Duration.ofHours(2));
        hub().sweep.sweep();
        assertThat(waiting(orphan)).isEqualTo(XetSweep.Step.REMOVE_XORB);
        assertThat(waiting(saved)).isEqualTo(XetSweep.Step.REMOVE_XORB);
        assertThat(waiting(used)).isNull();

        hub().sendShard(repo, saved.shard());
        hub().objects.clock.pass(XetSweep.CONDEMNED.plusHours(1));
        hub().sweep.sweep();
        assertThat(waiting(orphan)).isNull();
        assertThat(hub().xorbRows.exists(orphan.xorb().hash())).isFalse();
        assertThat(hub().xorbRows.exists(saved.xorb().hash())).isTrue();
        assertThat(hub().xorbRows.exists(used.xorb().hash())).isTrue();
        try (InputStream in = hub().files.open(used.file(), 0, 3_000)) {
            assertThat(in.readAllBytes()).isEqualTo(used.content());
        }
    }

    @Test
    default void the_files_of_a_repository_that_is_gone_go_with_their_xorbs_after_their_time() {
        RepoKey repo = hub().objects.newRepository();
        RepoKey other = hub().objects.newRepository();
        Packed alone = hub().upload(repo, fresh(3_000));
        Packed shared = hub().upload(repo, fresh(3_000));
        hub().sendShard(other, shared.shard());
        hub().objects.deleteRepository(repo);

        hub().objects.clock.pass(XetSweep.FORGOTTEN.plusHours(1));
        hub().sweep.sweep();
        assertThat(hub().fileRows.size(alone.file())).isEmpty();
        assertThat(hub().fileRows.size(shared.file())).isPresent();
        assertThat(waiting(alone)).isEqualTo(XetSweep.Step.CONDEMN_XORB);

        hub().objects.clock.pass(XetSweep.NAMED);
        hub().sweep.sweep();
        assertThat(hub().dedup
                        .query(hub().readToken(other), alone.xorb().chunks().hash(0)))
                .as("condemned")
                .isEmpty();
        hub().objects.clock.pass(XetSweep.CONDEMNED.plusHours(1));
        hub().sweep.sweep();
        assertThat(hub().xorbRows.exists(alone.xorb().hash())).isFalse();
        assertThat(hub().xorbRows.exists(shared.xorb().hash())).isTrue();
    }

    private XetSweep.Step waiting(Packed packed) {
        return hub().sweep.dryRun().stream()
                .filter(waiting -> waiting.name().equals(packed.xorb().hash().hex()))
                .map(XetSweep.Waiting::step)
                .findFirst()
                .orElse(null);
    }

    /** Addresses are signed for the exact bytes: beside them may lie what the reader has no right to. */
    @Test
    default void an_address_opens_no_more_of_a_xorb_than_the_file_needs() {
        RepoKey repo = hub().objects.newRepository();
        Packed packed = TestXet.pack(fresh(300_000));
        hub().send(repo, packed);
        ProvenTerm some = ProvenTerm.of(packed.xorb(), 1, 2);
        byte[] part = Arrays.copyOfRange(
                packed.content(),
                packed.xorb().chunks().unpackedStart(1),
                packed.xorb().chunks().unpackedStart(2));
        XetHash file = ShardBytes.fileHash(List.of(packed.xorb()), List.of(some));
        hub().sendShard(repo, new ShardBytes().file(file, sha256(part), some).bytes());

        var run =
                hub().plan(repo, file, 0, 10).xorbs().get(packed.xorb().hash()).get(0);

        assertThat(run.start()).isEqualTo(1);
        assertThat(run.end()).isEqualTo(2);
        assertThat(run.address().getQuery()).contains("X-Amz-SignedHeaders=host;range");
    }

    /** A folder of small files is one shard and one xorb: the object store must not be asked once a file. */
    @Test
    default void many_small_files_of_one_xorb_are_hashed_with_few_reads() throws Exception {
        RepoKey repo = hub().objects.newRepository();
        List<byte[]> contents = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        XorbWriter writer = new XorbWriter(body);
        for (int i = 0; i < 60; i++) {
            byte[] content = fresh(2_000 + i);
            contents.add(content);
            writer.add(XetHashing.chunk(content, 0, content.length), content);
        }
        VerifiedXorb xorb = writer.finish();
        hub().xorbs.upload(hub().writeToken(repo), xorb.hash(), new ByteArrayInputStream(body.toByteArray()));
        ShardBytes shard = new ShardBytes();
        for (int i = 0; i < contents.size(); i++) {
            ProvenTerm term = ProvenTerm.of(xorb, i, i + 1);
            shard.file(ShardBytes.fileHash(List.of(xorb), List.of(term)), sha256(contents.get(i)), term);
        }
        hub().objects.store.reads = 0;

        assertThat(hub().sendShard(repo, shard.xorb(xorb).bytes())).isEqualTo(contents.size());

        assertThat(hub().objects.store.reads).isLessThanOrEqualTo(2);
        assertThat(hub().objects
                        .contents
                        .granted(
                                repo,
                                contents.stream()
                                        .map(content -> sha256(content))
                                        .toList()))
                .hasSize(contents.size());
    }

    /** 7.4: what came by LFS is cut as the client would have, and its own later upload finds the chunks. */
    @Test
    default void a_content_of_the_object_store_is_converted_and_its_copy_given_up() throws Exception {
        RepoKey repo = hub().objects.newRepository();
        byte[] content = fresh(900_000);
        hub().objects.send(repo, content);
        hub().objects.contents.verifyUploaded(repo, sha256(content), content.length);

        hub().conversion.convert(sha256(content), true, () -> {});

        Packed packed = TestXet.pack(content);
        assertThat(hub().objects
                        .contents
                        .granted(repo, List.of(sha256(content)))
                        .get(sha256(content))
                        .xet())
                .contains(packed.file());
        assertThat(hub().objects.contents.kept(sha256(content)).orElseThrow().key())
                .isEmpty();
        assertThat(hub().download(hub().plan(repo, packed.file(), 0, Long.MAX_VALUE)))
                .isEqualTo(content);
        assertThat(hub().send(repo, packed)).as("the client's own xorb").isFalse();
        assertThat(hub().dedup
                        .query(hub().readToken(repo), packed.xorb().chunks().hash(0)))
                .isPresent();

        byte[] longer = Arrays.copyOf(content, content.length + 5);
        hub().objects.send(repo, longer);
        hub().objects.contents.verifyUploaded(repo, sha256(longer), longer.length);
        long xorbs = hub().count("xorb");
        hub().conversion.convert(sha256(longer), false, () -> {});
        assertThat(hub().count("xorb")).as("one more, for the last chunk").isEqualTo(xorbs + 1);
        assertThat(hub().objects.contents.kept(sha256(longer)).orElseThrow().key())
                .isPresent();
        assertThat(hub().xorbRows.find(TestXet.pack(longer).xorb().hash())).isEmpty();
    }

    @Test
    default void a_file_in_xet_gets_a_whole_copy() throws Exception {
        RepoKey repo = hub().objects.newRepository();
        Packed packed = hub().upload(repo, fresh(300_000));
        Sha256 sha256 = sha256(packed.content());
        assertThat(hub().objects.contents.kept(sha256).orElseThrow().key()).isEmpty();

        hub().materialization.materialize(sha256, () -> {});

        String key = hub().objects.contents.kept(sha256).orElseThrow().key().orElseThrow();
        try (InputStream in = hub().objects.store.get(key)) {
            assertThat(in.readAllBytes()).isEqualTo(packed.content());
        }
    }

    private static void refused(ErrorKind kind, ThrowingCallable call) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(call)
                .extracting(HubException::kind)
                .isEqualTo(kind);
    }
}
