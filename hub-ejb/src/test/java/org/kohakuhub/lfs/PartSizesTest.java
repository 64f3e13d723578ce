package org.kohakuhub.lfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohakuhub.config.LfsConfig;

class PartSizesTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long TIB = 1L << 40;

    private final PartSizes sizes = new PartSizes(new LfsConfig(5 * MIB, 100 * MIB, 50 * MIB, 5, false));

    @Test
    void parts_begin_at_the_threshold() {
        assertThat(sizes.wantsParts(100 * MIB - 1)).isFalse();
        assertThat(sizes.wantsParts(100 * MIB)).isTrue();
    }

    /** Point 9: the client counts ceil(size/chunk) addresses, S3 at most 10,000. */
    @ParameterizedTest
    @CsvSource({
        "104857600, 52428800, 2",
        "104857601, 52428800, 3",
        "524288000000, 52428800, 10000", // as many as there may be
        "524288000001, 53477376, 9804", // one byte more: larger parts
        "5497558138880, 550502400, 9987"
    })
    void parts_grow_before_there_are_too_many(long size, long partSize, long count) {
        assertThat(sizes.partSize(size)).isEqualTo(partSize);
        assertThat((size + partSize - 1) / partSize).isEqualTo(count).isLessThanOrEqualTo(PartSizes.MOST_PARTS);
    }

    @Test
    void one_put_sends_five_gibibytes() {
        assertThat(PartSizes.tooLongForOnePut(5 * GIB)).isFalse();
        assertThat(PartSizes.tooLongForOnePut(5 * GIB + 1)).isTrue();
    }

    @Test
    void nothing_is_larger_than_an_object_can_be() {
        assertThat(PartSizes.objection(5 * TIB)).isEmpty();
        assertThat(PartSizes.objection(5 * TIB + 1)).get().asString().contains("5 TiB");
    }

    /** A threshold above what one PUT can send must not lead to a PUT that cannot work. */
    @Test
    void a_high_threshold_ends_at_what_one_put_can_send() {
        PartSizes high = new PartSizes(new LfsConfig(5 * MIB, 100 * GIB, 50 * MIB, 5, false));

        assertThat(high.wantsParts(5 * GIB)).isFalse();
        assertThat(high.wantsParts(5 * GIB + 1)).isTrue();
    }
}
