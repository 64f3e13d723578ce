package org.kohakuhub.xet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kohakuhub.object.TestObjects.sha256;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.object.ObjectInfo;
import org.kohakuhub.xet.ReconstructionService.Plan;
import org.kohakuhub.xet.format.Packed;
import org.kohakuhub.xet.format.ShardBytes;
import org.kohakuhub.xet.format.ShardBytes.ProvenTerm;
import org.kohakuhub.xet.format.VerifiedXorb;
import org.kohakuhub.xet.format.XetHashing;
import org.kohakuhub.xet.format.XorbWriter;

/** What was sent is read the same, from the bytes that it takes: docs/xet-protocol.md, sections 2 and 5.6. */
interface XetReading extends XetContract {
    @Test
    default void what_was_sent_is_planned_fetched_and_read_the_same() throws Exception {
        RepoKey repo = hub().objects.newRepository();
        byte[] content = XetContract.fresh(700_000);

        Packed packed = Packed.of(content);
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
        byte[] content = XetContract.fresh(1_500_000);
        Packed first = Packed.of(Arrays.copyOf(content, 800_000));
        Packed second = Packed.of(Arrays.copyOfRange(content, 800_000, content.length));
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
        byte[] part = XetContract.fresh(200_000);
        Packed packed = Packed.of(part);
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
        Packed packed = hub().upload(repo, XetContract.fresh(10_000));
        XetContract.refused(ErrorKind.RANGE_NOT_SATISFIABLE, () -> hub().plan(repo, packed.file(), 10_000, 20_000));
        assertThat(hub().download(hub().plan(repo, packed.file(), 9_999, 20_000)))
                .hasSize(1);
    }

    /** 6: the range hash proves possession, whoever has sent the chunks first. */
    @Test
    default void who_has_the_chunks_may_name_them_in_another_repository() throws Exception {
        RepoKey first = hub().objects.newRepository();
        RepoKey second = hub().objects.newRepository();
        byte[] content = XetContract.fresh(100_000);
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
        byte[] content = XetContract.fresh(400_000);
        Packed first = Packed.of(Arrays.copyOf(content, 200_000));
        Packed second = Packed.of(Arrays.copyOfRange(content, 200_000, content.length));
        sendFile(repo, content, first, second);
        XetHash chunk = first.xorb().chunks().hash(0);

        byte[] answer = hub().dedup.query(hub().readToken(repo), chunk).orElseThrow();

        int entries = first.xorb().chunks().count() + second.xorb().chunks().count();
        assertThat(answer).hasSize((3 + 2 + entries) * 48 + 200);
        assertThat(indexOf(answer, chunk.bytes())).as("the chunk's own hash").isNegative();
        assertThat(indexOf(answer, second.xorb().hash().bytes())).isPositive();
        assertThat(hub().dedup.query(hub().readToken(repo), XetHashing.chunk(XetContract.fresh(9), 0, 9)))
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

    /** A folder of small files is one shard and one xorb: the object store must not be asked once a file. */
    @Test
    default void many_small_files_of_one_xorb_are_hashed_with_few_reads() throws Exception {
        RepoKey repo = hub().objects.newRepository();
        List<byte[]> contents = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        XorbWriter writer = new XorbWriter(body);
        for (int i = 0; i < 60; i++) {
            byte[] content = XetContract.fresh(2_000 + i);
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
}
