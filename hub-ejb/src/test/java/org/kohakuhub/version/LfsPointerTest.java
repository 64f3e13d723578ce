package org.kohakuhub.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.common.Sha256;

/** git-lfs, docs/spec.md, "The Pointer". */
class LfsPointerTest {
    private static final Sha256 OID = new Sha256("4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393");

    @Test
    void the_specification_s_example_is_read_and_written() {
        String example = "version https://git-lfs.github.com/spec/v1\noid sha256:" + OID + "\nsize 12345\n";
        byte[] bytes = example.getBytes(StandardCharsets.UTF_8);
        assertThat(LfsPointer.render(OID, 12345)).isEqualTo(bytes);
        assertThat(LfsPointer.parse(bytes)).contains(new LfsPointer(OID, 12345, bytes.length));
        assertThat(LfsPointer.to(OID, 12345).pointerSize()).isEqualTo(bytes.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "version https://git-lfs.github.com/spec/v1\n",
                "version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 1\n",
                "version https://git-lfs.github.com/spec/v2\noid sha256:"
                        + "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 1\n",
                "version https://git-lfs.github.com/spec/v1\noid sha256:"
                        + "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize -1\n"
            })
    void other_text_is_no_pointer(String text) {
        assertThat(LfsPointer.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
