package org.kohakuhub.xet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.kohakuhub.object.TestObjects.sha256;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.xet.format.Packed;
import org.kohakuhub.xet.format.ShardBytes;
import org.kohakuhub.xet.format.ShardBytes.ProvenTerm;
import org.kohakuhub.xet.format.XetHashing;

/** What does not hold is refused and leaves nothing behind: docs/xet-protocol.md, section 6. */
interface XetRefusals extends XetContract {
    @Test
    default void a_forged_xorb_is_refused_and_nothing_stays() {
        RepoKey repo = hub().objects.newRepository();
        Packed packed = Packed.of(XetContract.fresh(100_000));
        Packed other = Packed.of(XetContract.fresh(100_000));
        long before = hub().count("xorb");
        long promised = hub().count("store_intent");
        String token = hub().writeToken(repo);

        XetContract.refused(
                ErrorKind.INVALID,
                () -> hub().xorbs.upload(token, other.xorb().hash(), new ByteArrayInputStream(packed.body())));
        XetContract.refused(
                ErrorKind.INVALID,
                () -> hub().xorbs.upload(token, packed.xorb().hash(), new ByteArrayInputStream(new byte[100])));
        byte[] cut = Arrays.copyOf(packed.body(), packed.body().length - 1);
        XetContract.refused(
                ErrorKind.INVALID,
                () -> hub().xorbs.upload(token, packed.xorb().hash(), new ByteArrayInputStream(cut)));

        assertThat(hub().count("xorb")).isEqualTo(before);
        assertThat(hub().count("store_intent")).isEqualTo(promised);
    }

    /** A sender who goes away is nothing that the hub's log should call an error. */
    @Test
    default void a_body_that_breaks_off_is_refused_and_nothing_stays() {
        RepoKey repo = hub().objects.newRepository();
        Packed packed = Packed.of(XetContract.fresh(100_000));
        InputStream gone = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int available() throws IOException {
                throw new IOException("connection reset");
            }
        };
        InputStream body =
                new SequenceInputStream(new ByteArrayInputStream(packed.body(), 0, packed.body().length / 2), gone);

        XetContract.refused(
                ErrorKind.INVALID,
                () -> hub().xorbs.upload(hub().writeToken(repo), packed.xorb().hash(), body));

        assertThat(hub().xorbRows.exists(packed.xorb().hash())).isFalse();
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
        XetContract.refused(
                ErrorKind.INVALID,
                () -> hub().xorbs.upload(hub().writeToken(repo), XetHash.parse("0".repeat(64)), endless));
    }

    @Test
    default void a_shard_that_does_not_hold_is_refused_and_nothing_stays() {
        RepoKey repo = hub().objects.newRepository();
        byte[] content = XetContract.fresh(300_000);
        Packed packed = Packed.of(content);
        Packed absent = Packed.of(XetContract.fresh(50_000));
        hub().send(repo, packed);
        ProvenTerm right = ProvenTerm.all(packed.xorb());
        Sha256 sha256 = sha256(content);
        XetHash file = packed.file();
        long files = hub().count("xet_file");

        shardRefused(repo, new ShardBytes().file(file, sha256(XetContract.fresh(10)), right), "sha256");
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
        byte[] content = XetContract.fresh(20_000);
        Packed good = Packed.of(content);
        Packed bad = Packed.of(XetContract.fresh(20_000));
        hub().send(repo, good);
        hub().send(repo, bad);
        byte[] shard = new ShardBytes()
                .file(good.file(), sha256(content), ProvenTerm.all(good.xorb()))
                .file(bad.file(), sha256(content), ProvenTerm.all(bad.xorb()))
                .bytes();

        XetContract.refused(ErrorKind.INVALID, () -> hub().sendShard(repo, shard));

        assertThat(hub().objects.contents.granted(repo, List.of(sha256(content))))
                .isEmpty();
    }

    @Test
    default void only_a_living_token_of_the_right_scope_and_repository_opens_anything() {
        RepoKey mine = hub().objects.newRepository();
        RepoKey other = hub().objects.newRepository();
        Packed packed = hub().upload(mine, XetContract.fresh(5_000));
        InputStream body = new ByteArrayInputStream(packed.body());
        XetHash hash = packed.xorb().hash();
        String write = hub().writeToken(mine);

        XetContract.refused(ErrorKind.FORBIDDEN, () -> hub().xorbs.upload(hub().readToken(mine), hash, body));
        XetContract.refused(
                ErrorKind.FORBIDDEN, () -> hub().shards.check(hub().readToken(mine), TestXet.body(packed.shard())));
        XetContract.refused(ErrorKind.UNAUTHENTICATED, () -> hub().xorbs.upload("x" + write, hash, body));
        XetContract.refused(ErrorKind.UNAUTHENTICATED, () -> hub().xorbs.upload("", hash, body));
        String forged = hub().readToken(mine).split("\\.", 2)[0] + "." + write.split("\\.", 2)[1];
        XetContract.refused(ErrorKind.UNAUTHENTICATED, () -> hub().xorbs.upload(forged, hash, body));
        XetContract.refused(ErrorKind.NOT_FOUND, () -> hub().plan(other, packed.file(), 0, 10));
        String foreign = hub().tokens
                .issue(CasScope.WRITE, new CasHome.OfRepository(mine), TestXet.owner(other))
                .token();
        XetContract.refused(ErrorKind.FORBIDDEN, () -> hub().xorbs.upload(foreign, hash, body));

        hub().objects.clock.pass(CasTokens.LIFE.plus(Duration.ofMinutes(2)));
        XetContract.refused(ErrorKind.UNAUTHENTICATED, () -> hub().xorbs.upload(write, hash, body));
        XetContract.refused(ErrorKind.UNAUTHENTICATED, () -> hub().dedup.query(write, hash));
    }

    /** Addresses are signed for the exact bytes: beside them may lie what the reader has no right to. */
    @Test
    default void an_address_opens_no_more_of_a_xorb_than_the_file_needs() {
        RepoKey repo = hub().objects.newRepository();
        Packed packed = Packed.of(XetContract.fresh(300_000));
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
}
