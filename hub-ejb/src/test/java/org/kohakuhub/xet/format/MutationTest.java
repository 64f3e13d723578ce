package org.kohakuhub.xet.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kohakuhub.common.XetHash;

/** Damaged input is refused, always by the one exception and never by another. The seeds are fixed. */
class MutationTest {
    private static final int ROUNDS = 10_000;

    @Test
    void ten_thousand_damaged_xorbs_are_refused_or_are_other_xorbs() throws IOException {
        byte[] whole = smallXorb();
        XetHash hash = VerifiedXorb.read(new ByteArrayInputStream(whole), OutputStream.nullOutputStream())
                .hash();
        Random random = new Random(42);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = Damage.of(whole, random);
            try {
                VerifiedXorb read =
                        VerifiedXorb.read(new ByteArrayInputStream(damaged), OutputStream.nullOutputStream());
                // a changed bit of a raw chunk makes another xorb; one in an LZ4 frame may mean the same
                assertThat(read.chunks().unpackedBytes()).isPositive();
                refused += read.hash().equals(hash) ? 0 : 1;
            } catch (XetFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(ROUNDS * 9 / 10);
    }

    @Test
    void ten_thousand_damaged_shards_are_refused_or_say_something_else() throws IOException {
        byte[] whole = Vectors.bytes("uploaded.shard");
        Random random = new Random(43);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try {
                ShardTest.readWhole(Damage.of(whole, random));
            } catch (XetFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static byte[] smallXorb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        XorbWriter writer = new XorbWriter(packed);
        for (byte[] chunk : new byte[][] {
            Vectors.text(3_000), Vectors.floats(4_000), Vectors.random(500, 9), new byte[2_000], Vectors.text(100)
        }) {
            writer.add(XetHashing.chunk(chunk, 0, chunk.length), chunk);
        }
        return packed.toByteArray();
    }
}
