package org.kohakuhub.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaFormatTest {
    /** Beginnings as programs write them: libpng, libjpeg, ffmpeg, a telephone, lame. */
    @ParameterizedTest
    @CsvSource({
        "image/png, 89504e470d0a1a0a0000000d",
        "image/jpeg, ffd8ffe000104a4649460001",
        "image/gif, 474946383961010001008000",
        "image/gif, 474946383761010001008000",
        "image/webp, 524946461a00000057454250",
        "video/mp4, 000000206674797069736f6d",
        "video/quicktime, 000000146674797071742020",
        "video/quicktime, 000008a06d6f6f760000006c",
        "video/webm, 1a45dfa39f4286810142f781",
        "audio/mpeg, 494433040000000000234c41",
        "audio/mpeg, fffb9064000ff00000690000",
        "audio/mpeg, fff350c40000000348000000",
        "audio/wav, 524946462408000057415645",
    })
    void a_file_fits_the_format_that_it_is_in(String type, String head) {
        MediaFormat format = MediaFormat.named(type).orElseThrow();
        assertThat(format.fits(HexFormat.of().parseHex(head))).isTrue();
        assertThat(format.type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "GIF88a", "<!DOCTYPE html><script>", "<svg/>", "%PDF-1.7", "RIFF....AVI ", "\u00ff\u00f1P@"})
    void what_browsers_would_run_or_do_not_know_fits_none(String head) {
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(MediaFormat.values()).noneMatch(format -> format.fits(bytes));
    }

    @Test
    void sounds_and_pictures_in_the_same_wrapping_are_told_apart() {
        byte[] wav = "RIFF....WAVE".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(MediaFormat.WEBP.fits(wav)).isFalse();
        assertThat(MediaFormat.image(wav)).isEmpty();
        assertThat(MediaFormat.image("RIFF....WEBP".getBytes(StandardCharsets.ISO_8859_1)))
                .contains(MediaFormat.WEBP);
    }

    @Test
    void parameters_and_case_of_a_media_type_do_not_matter() {
        assertThat(MediaFormat.named("Image/PNG; charset=binary")).contains(MediaFormat.PNG);
        assertThat(MediaFormat.named("image/svg+xml")).isEmpty();
        assertThat(MediaFormat.named("")).isEmpty();
    }
}
