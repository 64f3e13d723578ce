package org.kohakuhub.xet.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against another implementation, at the lengths where blocks, chunks, lanes and levels of the tree begin and end. */
class Blake3Test {
    private static final byte[] KEY = Vectors.random(32, 11);

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 3, 4, 63, 64, 65, 127, 128, 1_023, 1_024, 1_025, 2_047, 2_048, 2_049, 3_072, 3_073, 4_096, 5_121,
                15_360, 16_383, 16_384, 16_385, 17_408, 17_409, 31_744, 32_768, 32_769, 65_535, 65_536, 65_537, 102_401,
                131_071, 131_072, 262_144, 300_001
            })
    void hashes_as_commons_codec_does(int length) {
        byte[] bytes = Vectors.random(length + 7, length);
        byte[] expected = org.apache.commons.codec.digest.Blake3.initKeyedHash(KEY)
                .update(bytes, 5, length)
                .doFinalize(32);
        assertThat(new Blake3(KEY).hash(bytes, 5, length).bytes()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void another_key_gives_another_hash(int seed) {
        byte[] bytes = Vectors.random(70_000, seed);
        byte[] key = KEY.clone();
        key[31] ^= 1;
        assertThat(new Blake3(key).hash(bytes, 0, bytes.length))
                .isNotEqualTo(new Blake3(KEY).hash(bytes, 0, bytes.length));
        assertThat(new Blake3(KEY).hash(Arrays.copyOf(bytes, 69_999), 0, 69_999))
                .isNotEqualTo(new Blake3(KEY).hash(bytes, 0, 70_000));
    }
}
