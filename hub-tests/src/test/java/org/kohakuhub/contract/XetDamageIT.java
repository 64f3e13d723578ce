package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.Heap;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.xet.format.Damage;
import org.kohakuhub.xet.format.Packed;
import org.kohakuhub.xet.format.ShardFile;
import org.kohakuhub.xet.format.ShardReader;
import org.kohakuhub.xet.format.VerifiedXorb;
import org.kohakuhub.xet.format.XetFormatException;

/** Xorbs and shards with random faults, one after the other: refused, and at nobody else's cost. */
@Tag("core")
class XetDamageIT {
    private static final RunningHub HUB = RunningHub.shared();
    private static final int ROUNDS = 1_000;

    private static HubUser ann;
    private static XetTarget target;

    @BeforeAll
    static void a_world() {
        ann = HUB.newUser();
        target = XetTarget.of(HUB, ann.newModel());
    }

    /** The unit tests do more of them; here is what the server makes of them. */
    @Test
    void a_thousand_damaged_xorbs_are_refused() throws IOException {
        Packed whole = Packed.of(Bytes.fresh(60_000));
        List<String> before = target.state();
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
            XetTarget.assertRefused(target.cas().xorb(whole.xorb().hash(), damaged), 400, "Invalid xorb");
        }
        tell(ROUNDS - same + " damaged xorbs refused", began, heap);
        assertThat(same).isLessThan(ROUNDS / 10);
        assertThat(target.state()).isEqualTo(before);
        assertThat(target.cas()
                        .xorb(whole.xorb().hash(), whole.body())
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
        XetTarget mine = XetTarget.of(HUB, ann.newModel());
        Cas door = mine.cas();
        Packed whole = target.sent();
        byte[] shard = whole.shard();
        String tree = mine.tree();
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
                XetTarget.assertRefused(answer, 400, "Invalid shard");
            }
        }
        tell(ROUNDS - taken + " damaged shards refused, " + taken + " with harmless faults taken", began, heap);
        assertThat(taken).isLessThan(ROUNDS / 4);
        assertThat(mine.tree()).isEqualTo(tree);
        assertThat(mine.usage().getInt("logical_bytes")).isIn(0, whole.content().length);
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

    private static long millisToAnswer() {
        long now = System.nanoTime();
        HUB.anonymous().get("/health/ready").expect(200);
        ann.http().get(target.repo().api()).expect(200);
        return (System.nanoTime() - now) / 1_000_000;
    }

    /** What is refused takes neither memory nor time away from the others. */
    private static void tell(String what, long began, Heap before) {
        long now = System.nanoTime();
        long answered = Math.min(millisToAnswer(), Math.min(millisToAnswer(), millisToAnswer()));
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
