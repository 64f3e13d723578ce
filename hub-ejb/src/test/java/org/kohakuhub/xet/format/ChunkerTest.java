package org.kohakuhub.xet.format;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohakuhub.common.XetHash;

/** docs/xet-protocol.md, section 4, against what the real client made of the same files. */
class ChunkerTest {
    static Stream<Arguments> files() {
        return Vectors.array("files.json").stream()
                .map(JsonValue::asJsonObject)
                .map(file -> Arguments.of(file.getString("name"), file));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void a_file_is_cut_and_hashed_as_the_client_does(String name, JsonObject expected) throws IOException {
        byte[] input = Vectors.input(name);
        assertThat(input).hasSize(expected.getInt("size"));
        for (int step : new int[] {1 << 20, 4_096, 8_127, 7}) {
            List<byte[]> chunks = cut(input, step);
            assertThat(chunks.stream().map(chunk -> XetHashing.chunk(chunk, 0, chunk.length) + " " + chunk.length))
                    .as("read %s bytes at a time", step)
                    .containsExactlyElementsOf(expected.getJsonArray("chunks").stream()
                            .map(JsonValue::asJsonObject)
                            .map(chunk -> chunk.getString("hash") + " " + chunk.getInt("length"))
                            .toList());
        }
        MerkleRoot root = new MerkleRoot();
        ChunkTable.Builder table = new ChunkTable.Builder();
        for (byte[] chunk : cut(input, 10_000)) {
            XetHash hash = XetHashing.chunk(chunk, 0, chunk.length);
            root.add(hash, chunk.length);
            table.add(hash, 0, chunk.length);
        }
        if (input.length > 0) {
            assertThat(root.finish()).hasToString(expected.getString("merkle_root_of_chunks"));
            assertThat(table.build().rangeHash(0, table.count()))
                    .hasToString(expected.getString("range_hash_all_chunks"));
        }
        MerkleRoot again = new MerkleRoot();
        table.build().addTo(again, 0, table.count());
        assertThat(XetHashing.file(again)).hasToString(expected.getString("file_hash"));
    }

    private static List<byte[]> cut(byte[] input, int step) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        Chunker chunker = new Chunker(chunks::add);
        for (int at = 0; at < input.length; at += step) {
            chunker.write(input, at, Math.min(step, input.length - at));
        }
        chunker.finish();
        return chunks;
    }
}
