package org.kohakuhub.xet.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;

/** docs/xet-protocol.md, section 3. */
class XetHashTest {
    private static final String COUNTING =
            "0706050403020100" + "0f0e0d0c0b0a0908" + "1716151413121110" + "1f1e1d1c1b1a1918";

    @Test
    void the_text_shows_each_group_of_eight_bytes_reversed() {
        byte[] raw = new byte[32];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) i;
        }
        XetHash hash = XetHash.of(raw);
        assertThat(hash).hasToString(COUNTING).isEqualTo(XetHash.parse(COUNTING));
        assertThat(hash.bytes()).isEqualTo(raw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "G", COUNTING + "0"})
    void other_texts_are_no_hashes(String text) {
        assertThatExceptionOfType(HubException.class).isThrownBy(() -> XetHash.parse(text));
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> XetHash.parse(COUNTING.toUpperCase(java.util.Locale.ROOT)));
    }

    @Test
    void hashes_are_ordered_as_their_texts() {
        XetHash low = XetHash.parse("7fffffffffffffff" + "0".repeat(48));
        XetHash high = XetHash.parse("8000000000000000" + "0".repeat(48));
        assertThat(low).isLessThan(high);
        assertThat(high).isLessThan(XetHash.parse("8000000000000000" + "0".repeat(47) + "1"));
    }

    @Test
    void the_remainder_is_of_the_last_number_and_unsigned() {
        assertThat(XetHash.parse("0".repeat(48) + "ffffffffffffffff").modulo(1024))
                .isEqualTo(1023);
        assertThat(XetHash.parse("f".repeat(48) + "0000000000000400").modulo(1024))
                .isZero();
    }

    @Test
    void a_sha256_in_a_shard_keeps_its_ordinary_digits() {
        Sha256 sha256 = new Sha256("f5cbace2b9b62d9f51ce08d38dc8629071589221151f21b23f0cbd00da86ee8b");
        XetHash stored = XetHash.ofSha256(sha256);
        assertThat(stored.toSha256()).isEqualTo(sha256);
        assertThat(HexFormat.of().formatHex(stored.bytes())).startsWith("9f2db6b9e2accbf5");
    }

    @Test
    void the_four_keys_are_the_client_s() {
        JsonObject expected = Vectors.object("keyed_blake3.json");
        byte[] message = expected.getString("message_ascii").getBytes(StandardCharsets.US_ASCII);
        assertThat(XetHashing.chunk(message, 0, message.length)).hasToString(expected.getString("chunk_key"));
        assertThat(raw(XetHashing.node(expected.getString("message_ascii"))))
                .isEqualTo(expected.getString("node_key_raw"));
        assertThat(raw(XetHashing.range(message, 0, message.length)))
                .isEqualTo(expected.getString("verification_key_raw"));
    }

    private static String raw(XetHash hash) {
        return HexFormat.of().formatHex(hash.bytes());
    }
}
