package org.kohakuhub.xet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kohakuhub.object.TestObjects.sha256;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.config.XetConfig;
import org.kohakuhub.config.XetConfig.Materialize;
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.xet.format.Packed;

/** What becomes of chunks and copies in time: docs/xet-protocol.md, sections 7.3 and 7.4. */
interface XetLife extends XetContract {
    /** 7.3: 7 days for orphans, 28 for what was named, a day between the steps, and a mention saves. */
    @Test
    default void what_nobody_uses_goes_in_two_steps_and_a_mention_saves_it() throws IOException {
        RepoKey repo = hub().objects.newRepository();
        Packed orphan = Packed.of(XetContract.fresh(3_000));
        Packed saved = Packed.of(XetContract.fresh(3_000));
        Packed used = hub().upload(repo, XetContract.fresh(3_000));
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

    /** Between a xorb and its shard lie minutes: what was told to be there must not go in between. */
    @Test
    default void a_condemned_xorb_that_is_sent_again_stays() {
        RepoKey repo = hub().objects.newRepository();
        Packed packed = Packed.of(XetContract.fresh(3_000));
        hub().send(repo, packed);
        hub().objects.clock.pass(XetSweep.ORPHAN.plusHours(1));
        hub().sweep.sweep();
        hub().objects.clock.pass(XetSweep.CONDEMNED.plusHours(1));

        assertThat(hub().send(repo, packed)).as("still there").isFalse();
        hub().sweep.sweep();

        assertThat(hub().sendShard(repo, packed.shard())).isEqualTo(1);
    }

    /** A file that a shard describes again while nobody has it counts as new. */
    @Test
    default void a_forgotten_file_that_is_described_again_stays() {
        RepoKey repo = hub().objects.newRepository();
        RepoKey other = hub().objects.newRepository();
        Packed packed = hub().upload(repo, XetContract.fresh(3_000));
        hub().objects.deleteRepository(repo);
        hub().objects.clock.pass(XetSweep.FORGOTTEN.plusHours(1));

        hub().sendShard(other, packed.shard());
        hub().objects.deleteRepository(other);
        hub().sweep.sweep();

        assertThat(hub().fileRows.size(packed.file())).isPresent();
    }

    @Test
    default void the_files_of_a_repository_that_is_gone_go_with_their_xorbs_after_their_time() {
        RepoKey repo = hub().objects.newRepository();
        RepoKey other = hub().objects.newRepository();
        Packed alone = hub().upload(repo, XetContract.fresh(3_000));
        Packed shared = hub().upload(repo, XetContract.fresh(3_000));
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

    /** 7.4: what came by LFS is cut as the client would have, and its own later upload finds the chunks. */
    @Test
    default void a_content_of_the_object_store_is_converted_and_its_copy_given_up() throws Exception {
        RepoKey repo = hub().objects.newRepository();
        byte[] content = XetContract.fresh(900_000);
        hub().objects.send(repo, content);
        hub().objects.contents.verifyUploaded(repo, sha256(content), content.length);

        hub().conversion.convert(sha256(content), true, () -> {});

        Packed packed = Packed.of(content);
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
        assertThat(hub().xorbRows.find(Packed.of(longer).xorb().hash())).isEmpty();
    }

    @Test
    default void the_worker_finds_by_itself_what_the_policy_wants() {
        RepoKey repo = hub().objects.newRepository();
        byte[] content = XetContract.fresh(200_000);
        hub().objects.send(repo, content);
        hub().objects.contents.verifyUploaded(repo, sha256(content), content.length);
        Packed sent = hub().upload(repo, XetContract.fresh(200_000));

        hub().worker(new XetConfig("e1", Materialize.NEVER, false, false)).work();
        assertThat(kept(sha256(content)).info().xet()).isEmpty();

        XetWorker converting = hub().worker(new XetConfig("e1", Materialize.NEVER, true, true));
        assertThat(converting.work()).isPositive();
        assertThat(kept(sha256(content)).info().xet())
                .contains(Packed.of(content).file());
        assertThat(kept(sha256(content)).key()).as("given up").isEmpty();
        assertThat(converting.work()).isZero();

        XetWorker copying = hub().worker(new XetConfig("e1", Materialize.ALWAYS, false, false));
        assertThat(copying.work()).isPositive();
        assertThat(kept(sent.sha256()).key()).isPresent();
        assertThat(kept(sha256(content)).key()).isPresent();
        assertThat(copying.work()).isZero();
    }

    private ContentObjects.Kept kept(Sha256 sha256) {
        return hub().objects.contents.kept(sha256).orElseThrow();
    }

    @Test
    default void a_file_in_xet_gets_a_whole_copy() throws Exception {
        RepoKey repo = hub().objects.newRepository();
        Packed packed = hub().upload(repo, XetContract.fresh(300_000));
        Sha256 sha256 = sha256(packed.content());
        assertThat(hub().objects.contents.kept(sha256).orElseThrow().key()).isEmpty();

        hub().materialization.materialize(sha256, () -> {});

        String key = hub().objects.contents.kept(sha256).orElseThrow().key().orElseThrow();
        try (InputStream in = hub().objects.store.get(key)) {
            assertThat(in.readAllBytes()).isEqualTo(packed.content());
        }
    }
}
