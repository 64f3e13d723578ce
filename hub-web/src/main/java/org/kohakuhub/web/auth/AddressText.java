package org.kohakuhub.web.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** Addresses whose text no server and no database agrees about are refused before anybody reads them. */
final class AddressText {
    private AddressText() {}

    /**
     * Lets an address pass whose path is UTF-8 and whose query holds no NUL. A NUL in the path is left to whoever looks
     * for what it names.
     *
     * @throws HubException INVALID
     */
    static void check(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null && query.contains("%00")) {
            throw new HubException(ErrorKind.INVALID, "The query holds a NUL character");
        }
        if (!isUtf8(request.getRequestURI())) {
            throw new HubException(ErrorKind.INVALID, "The address is not UTF-8");
        }
    }

    static boolean isUtf8(String quoted) {
        if (quoted.indexOf('%') < 0) {
            return true;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            int digits = quoted.charAt(i) == '%' && i + 2 < quoted.length() ? hex(quoted, i + 1) : -1;
            if (digits >= 0) {
                bytes.write(digits);
                i += 2;
            } else if (quoted.charAt(i) < 128) { // else a server decoded it already
                bytes.write(quoted.charAt(i));
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static int hex(String quoted, int at) {
        int high = Character.digit(quoted.charAt(at), 16);
        int low = Character.digit(quoted.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
