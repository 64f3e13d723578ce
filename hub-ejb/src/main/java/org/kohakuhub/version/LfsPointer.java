package org.kohakuhub.version;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.common.Sha256;

/**
 * What a git-lfs pointer blob says (git-lfs, docs/spec.md, "The Pointer").
 *
 * @param size bytes of the content
 * @param pointerSize bytes of the pointer blob itself
 */
public record LfsPointer(Sha256 oid, long size, int pointerSize) {
    /** The specification bounds a pointer; a blob longer than this is none. */
    public static final int LONGEST = 1024;

    private static final Pattern FORM =
            Pattern.compile("version https://(?:git-lfs\\.github\\.com|hawser\\.github\\.com)"
                    + "/spec/v1\n(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\nsize ([0-9]{1,18})\n?");

    /** The pointer to a content of this oid and size. */
    public static LfsPointer to(Sha256 oid, long size) {
        return new LfsPointer(oid, size, render(oid, size).length);
    }

    /** The pointer that {@code blob} is, if it is one. */
    public static Optional<LfsPointer> parse(byte[] blob) {
        if (blob.length > LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(new String(blob, StandardCharsets.UTF_8));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new LfsPointer(new Sha256(matcher.group(1)), Long.parseLong(matcher.group(2)), blob.length));
    }

    /** The canonical pointer blob. */
    public static byte[] render(Sha256 oid, long size) {
        return ("version https://git-lfs.github.com/spec/v1\noid sha256:" + oid.hex() + "\nsize " + size + '\n')
                .getBytes(StandardCharsets.UTF_8);
    }
}
