package org.kohakuhub.viewer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/**
 * The files of a tar archive, read from its headers: ustar, and the long names of GNU and pax. What lies between the
 * headers is passed over without being fetched.
 */
final class TarEntries {
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 4096;

    /** A header beyond the last costs a request to the object store, so there is a last one. */
    static final int MOST = 1_000;

    private final Source source;
    private final long size;

    /** Bytes of an archive. */
    @FunctionalInterface
    interface Source {
        /** The bytes from {@code from} on, {@code length} of them. */
        InputStream open(long from, long length);
    }

    TarEntries(Source source, long size) {
        this.source = source;
        this.size = size;
    }

    /**
     * The files in the archive's order.
     *
     * @throws HubException UNPROCESSABLE if it is no tar archive
     */
    Listing list() {
        List<TarFile> files = new ArrayList<>();
        long at = 0;
        Optional<String> longName = Optional.empty();
        for (int headers = 0; at + BLOCK <= size; headers++) {
            if (headers == MOST) {
                return new Listing(files, true);
            }
            byte[] header = bytes(at, BLOCK);
            if (isEmpty(header)) {
                break;
            }
            check(header);
            long length = number(header, 124, 12);
            long content = at + BLOCK;
            if (length < 0 || length > size - content) {
                throw damaged();
            }
            char type = (char) header[156];
            if (type == 'L' || type == 'x') {
                longName = name(type, bytes(content, (int) Math.min(length, LONGEST_NAME)));
            } else {
                if (type == '0' || type == 0) {
                    files.add(new TarFile(longName.orElseGet(() -> name(header)), content, length));
                }
                longName = Optional.empty();
            }
            at = content + (length + BLOCK - 1) / BLOCK * BLOCK;
        }
        return new Listing(files, false);
    }

    private byte[] bytes(long from, int length) {
        try (InputStream in = source.open(from, length)) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw damaged();
            }
            return bytes;
        } catch (IOException e) {
            throw new HubException(ErrorKind.UNAVAILABLE, "The archive could not be read");
        }
    }

    private static boolean isEmpty(byte[] header) {
        for (byte each : header) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static void check(byte[] header) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        if (sum != number(header, 148, 8)) {
            throw damaged();
        }
    }

    /** Octal digits; or, with the first bit set, the number's bytes. */
    private static long number(byte[] header, int from, int length) {
        long number = 0;
        boolean binary = (header[from] & 0x80) != 0;
        for (int i = from; i < from + length; i++) {
            int each = header[i] & 0xff;
            if (binary) {
                number = number << 8 | (i == from ? each & 0x7f : each);
            } else if (each >= '0' && each <= '7') {
                number = number * 8 + each - '0';
            }
        }
        return number;
    }

    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        boolean ustar = text(header, 257, 5).equals("ustar");
        String prefix = ustar ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + '/' + name;
    }

    private static Optional<String> name(char type, byte[] content) {
        String text = text(content, 0, content.length);
        if (type == 'L') {
            return Optional.of(text);
        }
        return text.lines()
                .filter(line -> line.contains(" path="))
                .map(line -> line.substring(line.indexOf(" path=") + " path=".length()))
                .findFirst();
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static HubException damaged() {
        return new HubException(ErrorKind.UNPROCESSABLE, "This is no tar archive that can be read");
    }

    /** What an archive holds; {@code more} tells whether more files follow. */
    record Listing(List<TarFile> files, boolean more) {
        /** Copies the list. */
        Listing {
            files = List.copyOf(files);
        }
    }
}
