package org.kohakuhub.xet.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads chunk records one after the other (5.2). In memory are one payload and one chunk. A footer, which some clients
 * send, ends the records; it is not read. Does not close its stream.
 */
public final class XorbReader {
    private static final byte[] FOOTER = "XETBLOB".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private byte[] head = new byte[ChunkHeader.BYTES];
    private byte[] payload = new byte[0];
    private ChunkHeader header;

    /** Reads from the stream's next byte, which must be the first of a record. */
    public XorbReader(InputStream in) {
        this.in = in;
    }

    /**
     * Goes to the next record.
     *
     * @return false behind the last one
     * @throws XetFormatException if this is no record, or not a whole one
     */
    public boolean next() throws IOException {
        head = in.readNBytes(ChunkHeader.BYTES);
        if (head.length == 0 || isFooter()) {
            return false;
        }
        if (head.length < ChunkHeader.BYTES) {
            throw new XetFormatException("the last chunk record is cut off");
        }
        header = ChunkHeader.parse(head);
        payload = new byte[header.storedLength()];
        if (in.readNBytes(payload, 0, payload.length) < payload.length) {
            throw new XetFormatException("the last chunk record is cut off");
        }
        return true;
    }

    private boolean isFooter() {
        return head.length == ChunkHeader.BYTES && Arrays.equals(head, 0, FOOTER.length, FOOTER, 0, FOOTER.length);
    }

    /** Bytes of the current record. */
    public int storedBytes() {
        return ChunkHeader.BYTES + payload.length;
    }

    /** Bytes of the current chunk once it is unpacked. */
    public int length() {
        return header.length();
    }

    /** The current chunk, unpacked. */
    public byte[] chunk() throws XetFormatException {
        return ChunkCodec.unpack(header, payload);
    }

    void copyRecord(OutputStream out) throws IOException {
        out.write(head);
        out.write(payload);
    }
}
