package org.kohakuhub.web.community;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** One small file out of a {@code multipart/form-data} body (RFC 7578), which both servers would read differently. */
final class UploadedFile {
    /** What the parts' heads and other fields may take beside the file. */
    private static final int SPARE = 64 << 10;

    private static final Pattern BOUNDARY = Pattern.compile(
            "multipart/form-data\\s*;.*boundary=(?:\"([^\"]{1,70})\"|([^;\\s\"]{1,70})).*", Pattern.CASE_INSENSITIVE);

    private UploadedFile() {}

    /**
     * The bytes of the field of this name.
     *
     * @throws HubException INVALID if there is none, TOO_LARGE
     */
    static byte[] read(String contentType, InputStream body, String field, int largest) {
        Matcher type = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!type.matches()) {
            throw new HubException(ErrorKind.INVALID, "The body must be multipart/form-data");
        }
        String boundary = type.group(1) == null ? type.group(2) : type.group(1);
        byte[] all = bytes(body, largest + SPARE);
        byte[] mark = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // the first mark has no line before it
        int at = find(all, Arrays.copyOfRange(mark, 2, mark.length), 0) - 2;
        while (at >= -2) {
            int head = at + mark.length;
            int content = find(all, "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1), head);
            int end = content < 0 ? -1 : find(all, mark, content + 2);
            if (end < 0) {
                break;
            }
            String heading = new String(all, head, content - head, StandardCharsets.UTF_8);
            if (Pattern.compile(
                            "(?i)content-disposition:[^\\r\\n]*;\\s*name=\"?" + Pattern.quote(field) + "\"?(?:;|\\s|$)")
                    .matcher(heading)
                    .find()) {
                return Arrays.copyOfRange(all, content + 4, Math.max(content + 4, end));
            }
            at = end;
        }
        throw new HubException(ErrorKind.INVALID, "The body has no file in the field " + field);
    }

    private static byte[] bytes(InputStream body, int largest) {
        try {
            byte[] bytes = body.readNBytes(largest + 1);
            if (bytes.length > largest) {
                throw new HubException(ErrorKind.TOO_LARGE, "The request body is longer than " + largest + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new HubException(ErrorKind.INVALID, "The request body could not be read");
        }
    }

    private static int find(byte[] all, byte[] wanted, int from) {
        for (int i = Math.max(from, 0); i <= all.length - wanted.length; i++) {
            if (Arrays.equals(all, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -3;
    }
}
