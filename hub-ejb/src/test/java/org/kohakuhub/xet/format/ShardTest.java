package org.kohakuhub.xet.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/xet-protocol.md, sections 5.3 to 5.6. */
class ShardTest {
    private static final byte[] UPLOADED = Vectors.bytes("uploaded.shard");
    private static final int FLAGS = 48 + 32;
    private static final int COUNT = 48 + 36;

    @Test
    void the_client_s_shard_is_read_as_it_was_meant() throws IOException {
        ShardReader reader = open(UPLOADED);
        ChunkTable stored = storedXorb().chunks();
        for (JsonValue value :
                Vectors.object("uploaded.json").getJsonObject("shard").getJsonArray("files")) {
            JsonObject expected = value.asJsonObject();
            ShardFile file = reader.nextFile().orElseThrow();
            assertThat(file.hash()).hasToString(expected.getString("file_hash"));
            assertThat(file.sha256().orElseThrow()).hasToString(expected.getString("sha256"));
            assertThat(file.hasRangeHashes()).isTrue();
            assertThat(file.termCount())
                    .isEqualTo(expected.getJsonArray("segments").size());
            for (int i = 0; i < file.termCount(); i++) {
                JsonObject segment = expected.getJsonArray("segments").getJsonObject(i);
                ShardFile.Term term = file.term(i);
                assertThat(term.xorb()).hasToString(segment.getString("xorb"));
                assertThat(term.unpackedBytes()).isEqualTo(segment.getInt("bytes"));
                assertThat(term.start()).isEqualTo(segment.getInt("chunk_start"));
                assertThat(term.end()).isEqualTo(segment.getInt("chunk_end"));
                assertThat(file.rangeHash(i))
                        .hasToString(expected.getJsonArray("range_hashes").getString(i))
                        .isEqualTo(stored.rangeHash(term.start(), term.end()));
            }
        }
        assertThat(reader.nextFile()).isEmpty();
        ShardXorb xorb = reader.nextXorb().orElseThrow();
        assertThat(xorb.hash()).isEqualTo(storedXorb().hash());
        assertThat(xorb.describes(stored)).isTrue();
        assertThat(reader.nextXorb()).isEmpty();
    }

    @Test
    void a_xorb_with_another_chunk_list_is_not_the_stored_one() throws IOException {
        byte[] changed = UPLOADED.clone();
        changed[changed.length - 48 - 12] ^= 1; // length of the last chunk
        ShardReader reader = open(changed);
        while (reader.nextFile().isPresent()) {}
        assertThat(reader.nextXorb().orElseThrow().describes(storedXorb().chunks()))
                .isFalse();
    }

    @Test
    void the_answer_to_a_dedup_query_is_what_the_client_accepted() throws IOException {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (i + 1);
        }
        byte[] answer = new DedupShard(key, Instant.ofEpochSecond(1_795_418_685), Instant.ofEpochSecond(1_795_422_285))
                .write(List.of(storedXorb()));
        assertThat(answer).isEqualTo(Vectors.bytes("dedup_hmac.shard"));
    }

    @Test
    void nothing_else_is_a_shard() {
        refused(new byte[0], "ends within");
        refused(Arrays.copyOf(UPLOADED, 40), "ends within");
        refused(Arrays.copyOf(UPLOADED, UPLOADED.length - 48), "ends within");
        refused(changed(0, 1), "no shard");
        refused(changed(32, 1), "version 3");
    }

    @Test
    void no_claimed_count_is_believed() {
        refused(changed(COUNT + 3, 0x7f), "ends within");
        refused(changed(COUNT + 3, 0xff), "ends within");
        refused(changed(COUNT + 1, 1), "ends within");
        assertThat(UPLOADED[FLAGS + 3]).isEqualTo((byte) 0xc0);
    }

    private static byte[] changed(int at, int bits) {
        byte[] changed = UPLOADED.clone();
        changed[at] ^= (byte) bits;
        return changed;
    }

    private static void refused(byte[] shard, String why) {
        assertThatExceptionOfType(XetFormatException.class)
                .isThrownBy(() -> readWhole(shard))
                .withMessageContaining(why);
    }

    static void readWhole(byte[] shard) throws IOException {
        ShardReader reader = open(shard);
        while (reader.nextFile().isPresent()) {}
        while (reader.nextXorb().isPresent()) {}
    }

    private static ShardReader open(byte[] shard) throws IOException {
        return new ShardReader(new ByteArrayInputStream(shard), shard.length);
    }

    private static VerifiedXorb storedXorb() throws IOException {
        return VerifiedXorb.read(
                new ByteArrayInputStream(Vectors.bytes("uploaded.xorb")), OutputStream.nullOutputStream());
    }
}
