package org.kohakuhub.xet.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/xet-protocol.md, sections 5.1, 5.2 and the xorb's part of 6. */
class XorbTest {
    private static final byte[] UPLOADED = Vectors.bytes("uploaded.xorb");

    @Test
    void the_client_s_xorb_is_read_as_it_was_meant() throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        VerifiedXorb xorb = VerifiedXorb.read(new ByteArrayInputStream(UPLOADED), records);

        JsonObject expected = Vectors.object("uploaded.json").getJsonObject("xorb");
        List<JsonObject> chunks = expected.getJsonArray("chunks").stream()
                .map(JsonValue::asJsonObject)
                .toList();
        assertThat(xorb.hash()).hasToString(expected.getString("hash"));
        assertThat(xorb.chunks().count()).isEqualTo(chunks.size());
        for (JsonObject chunk : chunks) {
            int i = chunk.getInt("index");
            assertThat(xorb.chunks().hash(i)).hasToString(chunk.getString("hash"));
            assertThat(xorb.chunks().length(i)).isEqualTo(chunk.getInt("uncompressed"));
            assertThat(xorb.chunks().storedStart(i)).isEqualTo(chunk.getInt("start"));
            assertThat(xorb.chunks().storedStart(i + 1)).isEqualTo(chunk.getInt("end"));
        }
        assertThat(records.toByteArray()).isEqualTo(UPLOADED);
    }

    @Test
    void the_chunks_of_the_client_s_xorb_are_the_files_that_it_sent() throws IOException {
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        XorbReader reader = new XorbReader(new ByteArrayInputStream(UPLOADED));
        while (reader.next()) {
            contents.write(reader.chunk());
        }
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (String name : List.of("text150000", "f32_160000")) {
            sent.write(Vectors.input(name));
        }
        sent.write(new byte[131_072 + 37_856]); // 300000 zeros are the first chunk twice
        sent.write(Vectors.input("rnd200000"));
        assertThat(contents.toByteArray()).isEqualTo(sent.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text150000", "f32_160000", "rnd200000", "zeros300000", "one"})
    void what_the_hub_packs_it_reads_back(String name) throws IOException {
        byte[] input = Vectors.input(name);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        XorbWriter writer = new XorbWriter(packed);
        Chunker chunker = new Chunker(chunk -> writer.add(XetHashing.chunk(chunk, 0, chunk.length), chunk));
        chunker.write(input, 0, input.length);
        chunker.finish();
        VerifiedXorb written = writer.finish();

        VerifiedXorb read =
                VerifiedXorb.read(new ByteArrayInputStream(packed.toByteArray()), OutputStream.nullOutputStream());
        assertThat(read.hash()).isEqualTo(written.hash());
        assertThat(read.chunks().bytes()).isEqualTo(written.chunks().bytes());
        assertThat(packed.size())
                .isLessThanOrEqualTo(input.length + 8 * written.chunks().count());
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        XorbReader reader = new XorbReader(new ByteArrayInputStream(packed.toByteArray()));
        while (reader.next()) {
            contents.write(reader.chunk());
        }
        assertThat(contents.toByteArray()).isEqualTo(input);
    }

    @Test
    void numbers_are_packed_better_by_planes() throws IOException {
        byte[] floats = Vectors.input("f32_160000");
        assertThat(ChunkCodec.pack(ChunkScheme.BG4_LZ4, floats).length)
                .isLessThan(ChunkCodec.pack(ChunkScheme.LZ4, floats).length);
        for (int length = 0; length < 9; length++) {
            byte[] bytes = Arrays.copyOf(floats, length);
            assertThat(ChunkCodec.joinPlanes(ChunkCodec.splitPlanes(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void a_footer_is_dropped() throws IOException {
        ByteArrayOutputStream withFooter = new ByteArrayOutputStream();
        withFooter.write(UPLOADED);
        withFooter.write("XETBLOB\1and so on".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        VerifiedXorb.read(new ByteArrayInputStream(withFooter.toByteArray()), records);
        assertThat(records.toByteArray()).isEqualTo(UPLOADED);
    }

    @Test
    void the_table_is_kept_in_forty_bytes_a_chunk() throws IOException {
        ChunkTable table = VerifiedXorb.read(new ByteArrayInputStream(UPLOADED), OutputStream.nullOutputStream())
                .chunks();
        ChunkTable again = ChunkTable.of(table.bytes());
        assertThat(table.bytes()).hasSize(14 * 40).isEqualTo(again.bytes());
        assertThat(table.chunkAt(0)).isZero();
        assertThat(table.chunkAt(131_071)).isZero();
        assertThat(table.chunkAt(131_072)).isEqualTo(1);
        assertThat(table.unpackedBytes(1, 3)).isEqualTo(9_083 + 9_845);
    }

    @Test
    void nothing_empty_cut_off_or_of_another_kind_is_a_xorb() {
        refused(new byte[0], "no chunk");
        refused(Arrays.copyOf(UPLOADED, UPLOADED.length - 1), "cut off");
        refused(Arrays.copyOf(UPLOADED, 5), "cut off");
        refused(new byte[] {1, 1, 0, 0, 0, 1, 0, 0, 7}, "version");
        refused(new byte[] {0, 1, 0, 0, 3, 1, 0, 0, 7}, "scheme");
        refused(new byte[] {0, 1, 0, 0, 0, 0, 0, 0, 7}, "0 bytes");
        refused(new byte[] {0, 1, 0, 0, 0, 1, 0, 2, 7}, "131073 bytes");
        refused(new byte[] {0, 1, 0, 5, 0, 1, 0, 0, 7}, "payload");
        refused(new byte[] {0, 1, 0, 0, 0, 2, 0, 0, 7}, "stored as");
    }

    @Test
    void a_chunk_may_not_unpack_to_more_than_it_says() {
        byte[] bomb = ChunkCodec.pack(ChunkScheme.LZ4, new byte[131_072]);
        byte[] body = new byte[8 + bomb.length];
        System.arraycopy(new ChunkHeader(bomb.length, ChunkScheme.LZ4, 1_000).bytes(), 0, body, 0, 8);
        System.arraycopy(bomb, 0, body, 8, bomb.length);
        refused(body, "more than 1000 bytes");
    }

    @Test
    void a_chunk_may_not_unpack_to_less_than_it_says_either() {
        byte[] frame = ChunkCodec.pack(ChunkScheme.LZ4, new byte[900]);
        byte[] body = new byte[8 + frame.length];
        System.arraycopy(new ChunkHeader(frame.length, ChunkScheme.LZ4, 1_000).bytes(), 0, body, 0, 8);
        System.arraycopy(frame, 0, body, 8, frame.length);
        refused(body, "unpacks to another length");
    }

    /** The library writes the same kind of frame as the client; with a checksum it is another kind. */
    @Test
    void frames_of_other_kinds_are_read_too() throws IOException {
        byte[] text = Vectors.text(100_000);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        try (LZ4FrameOutputStream out = new LZ4FrameOutputStream(
                frame,
                LZ4FrameOutputStream.BLOCKSIZE.SIZE_64KB,
                LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE,
                LZ4FrameOutputStream.FLG.Bits.CONTENT_CHECKSUM)) {
            out.write(text);
        }
        assertThat(Lz4Frame.unpack(frame.toByteArray(), text.length)).isEqualTo(text);
        assertThatExceptionOfType(XetFormatException.class)
                .isThrownBy(() -> Lz4Frame.unpack(frame.toByteArray(), text.length - 1));
    }

    @Test
    void too_many_chunks_are_too_many() {
        byte[] one = {0, 1, 0, 0, 0, 1, 0, 0, 7};
        byte[] body = new byte[one.length * (XorbLimits.CHUNKS + 1)];
        for (int i = 0; i < body.length; i++) {
            body[i] = one[i % one.length];
        }
        refused(body, "more than 8192 chunks");
    }

    private static void refused(byte[] body, String why) {
        assertThatExceptionOfType(XetFormatException.class)
                .isThrownBy(() -> VerifiedXorb.read(new ByteArrayInputStream(body), OutputStream.nullOutputStream()))
                .withMessageContaining(why);
    }
}
