package org.kohakuhub.web.commit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import org.kohakuhub.commit.InlineContent;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.web.json.Spool;

/**
 * A file that came as base64 (RFC 4648, section 4), decoded as it is read. Strict: the alphabet and the padding are
 * checked, so that no two readers can see two contents in one text.
 */
final class Base64Content implements InlineContent {
    private static final int CHUNK = 64 * 1024; // a multiple of 4

    private final Spool spool;
    private final byte[] text;
    private final long textLength;

    Base64Content(byte[] text) {
        this.spool = null;
        this.text = text;
        this.textLength = text.length;
    }

    Base64Content(Spool spool) {
        this.spool = spool;
        this.text = null;
        this.textLength = spool.length();
    }

    private InputStream openText() throws IOException {
        return spool == null ? new ByteArrayInputStream(text) : spool.open();
    }

    @Override
    public long length() throws IOException {
        if (textLength % 4 != 0) {
            throw malformed();
        }
        if (textLength == 0) {
            return 0;
        }
        try (InputStream in = openText()) {
            in.skipNBytes(textLength - 2);
            int beforeLast = in.read();
            int last = in.read();
            return textLength / 4 * 3 - (last == '=' ? 1 : 0) - (beforeLast == '=' ? 1 : 0);
        }
    }

    @Override
    public InputStream open() throws IOException {
        return new Decoder(openText(), length());
    }

    private static HubException malformed() {
        return new HubException(ErrorKind.INVALID, "A file's content is not valid base64");
    }

    /** Decodes chunk by chunk; only the last may be padded. */
    private static final class Decoder extends InputStream {
        private final InputStream text;
        private long left;
        private byte[] decoded = new byte[0];
        private int position;

        /**
         * @param length how many bytes will come out
         */
        Decoder(InputStream text, long length) {
            this.text = text;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (position == decoded.length) {
                if (left == 0) {
                    return -1;
                }
                decode(text.readNBytes(CHUNK));
            }
            int count = Math.min(length, decoded.length - position);
            System.arraycopy(decoded, position, into, offset, count);
            position += count;
            return count;
        }

        private void decode(byte[] chunk) {
            try {
                decoded = Base64.getDecoder().decode(chunk);
            } catch (IllegalArgumentException e) {
                throw malformed();
            }
            position = 0;
            left -= decoded.length;
            boolean padded = decoded.length < (chunk.length / 4) * 3;
            if (left < 0 || (padded && left > 0) || decoded.length == 0) {
                throw malformed();
            }
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }
}
