package org.kohakuhub.common;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Pictures, videos and sounds that browsers show by themselves and that run nothing. What a file is, is told by its first
 * bytes, and not by somebody's word.
 */
public enum MediaFormat {
    PNG("image/png", "png", head -> begins(head, 0, "\u0089PNG\r\n\u001a\n")),
    JPEG("image/jpeg", "jpg", head -> begins(head, 0, "\u00ff\u00d8\u00ff")),
    GIF("image/gif", "gif", head -> begins(head, 0, "GIF87a") || begins(head, 0, "GIF89a")),
    WEBP("image/webp", "webp", head -> begins(head, 0, "RIFF") && begins(head, 8, "WEBP")),
    MP4("video/mp4", "mp4", head -> begins(head, 4, "ftyp")),
    /** Before it had brands, it began with any of its atoms. */
    QUICKTIME(
            "video/quicktime",
            "mov",
            head -> List.of("ftyp", "moov", "mdat", "wide", "free", "skip").stream()
                    .anyMatch(atom -> begins(head, 4, atom))),
    WEBM("video/webm", "webm", head -> begins(head, 0, "\u001a\u0045\u00df\u00a3")),
    /** A tag before the sound, or its first frame: eleven bits set, then a version and layer III. */
    MP3("audio/mpeg", "mp3", head -> begins(head, 0, "ID3") || isFrameOfLayer3(head)),
    WAV("audio/wav", "wav", head -> begins(head, 0, "RIFF") && begins(head, 8, "WAVE"));

    /** How many bytes of a file tell its format; what is shorter is none of them. */
    public static final int HEAD = 12;

    private final String type;
    private final String extension;
    private final Predicate<byte[]> signature;

    MediaFormat(String type, String extension, Predicate<byte[]> signature) {
        this.type = type;
        this.extension = extension;
        this.signature = signature;
    }

    /** The format of a media type, as {@code Content-Type} has it: in any case, parameters do not matter. */
    public static Optional<MediaFormat> named(String contentType) {
        String bare = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.type.equals(bare))
                .findFirst();
    }

    /** The format of a picture, by its first bytes. */
    public static Optional<MediaFormat> image(byte[] bytes) {
        return Arrays.stream(values())
                .filter(format -> format.type.startsWith("image/") && format.fits(bytes))
                .findFirst();
    }

    /** Whether bytes begin as a file of this format does. */
    public boolean fits(byte[] bytes) {
        return signature.test(bytes);
    }

    /** The media type. */
    public String type() {
        return type;
    }

    /** How names of such files end, without the dot. */
    public String extension() {
        return extension;
    }

    /** Whether it is a moving picture. */
    public boolean isVideo() {
        return type.startsWith("video/");
    }

    private static boolean isFrameOfLayer3(byte[] head) {
        return head.length > 1 && head[0] == (byte) 0xff && (head[1] & 0xe6) == 0xe2;
    }

    private static boolean begins(byte[] bytes, int at, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= at + wanted.length
                && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
