package org.kohakuhub.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Footers after the Parquet format's FileMetaData in Thrift's compact protocol. */
class ParquetFooterTest {
    /** Version 1; a root with two columns; 300 rows; one row group of 4,000 bytes; a pair of key and value. */
    private static byte[] footer() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x15, 2});
        out.writeBytes(new byte[] {0x19, 0x3c});
        out.writeBytes(new byte[] {0x48, 4, 'r', 'o', 'o', 't', 0x15, 4, 0}); // name, num_children
        out.writeBytes(new byte[] {0x15, 4, 0x25, 2, 0x18, 1, 'a', 0}); // type, repetition, name
        out.writeBytes(new byte[] {0x15, 4, 0x25, 2, 0x18, 1, 'b', 0});
        out.writeBytes(new byte[] {0x16, (byte) 0xd8, 4});
        out.writeBytes(new byte[] {0x19, 0x1c, 0x19, 0x0c, 0x16, (byte) 0xc0, 0x3e, 0x16, (byte) 0xd8, 4, 0});
        out.writeBytes(new byte[] {0x19, 0x1c, 0x18, 11});
        out.writeBytes("huggingface".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(new byte[] {0x18, 2, '{', '}', 0});
        out.writeBytes(new byte[] {0x18, 1, 'x', 0}); // created_by
        return out.toByteArray();
    }

    @Test
    void counts_and_features_are_read() {
        assertThat(ParquetFooter.parse(footer())).contains(new ParquetFooter(300, 2, 4_000, Optional.of("{}")));
    }

    @Test
    void a_tail_tells_how_long_the_footer_is() {
        byte[] tail = {5, 0, 0, 0, 'P', 'A', 'R', '1'};
        assertThat(ParquetFooter.length(tail, 13)).contains(5);
        assertThat(ParquetFooter.length(tail, 12)).isEmpty();
        tail[7] = 'E';
        assertThat(ParquetFooter.length(tail, 13)).isEmpty();
        assertThat(ParquetFooter.length(new byte[] {-1, -1, -1, -1, 'P', 'A', 'R', '1'}, 1 << 20))
                .isEmpty();
    }

    @Test
    @Timeout(20)
    void damage_is_never_more_than_an_empty_answer() {
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            byte[] damaged = footer();
            for (int n = random.nextInt(3); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            ParquetFooter.parse(damaged);
        }
        byte[] nested = new byte[10_000];
        Arrays.fill(nested, (byte) 0x19);
        assertThat(ParquetFooter.parse(nested)).isEmpty();
    }
}
