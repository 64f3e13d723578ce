package org.kohakuhub.xet.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Unpacks LZ4 frames (LZ4 Frame Format Description, 1.6). Clients write one kind: independent blocks, no sizes, no
 * checksums. Its blocks are unpacked from array to array, which is half as fast again as the library's stream, whose
 * buffers are larger than most chunks; every other kind goes through that stream.
 */
final class Lz4Frame {
    private static final LZ4Factory LZ4 = LZ4Factory.safeInstance();
    private static final LZ4SafeDecompressor DECOMPRESSOR = LZ4.safeDecompressor();
    private static final int MAGIC = 0x184D2204;
    private static final int PLAIN = 0x60;
    private static final int HEADER = 7;
    private static final int STORED = 0x8000_0000;

    private Lz4Frame() {}

    /**
     * The frame's content: exactly {@code length} bytes.
     *
     * @throws XetFormatException if it is damaged, or holds more or fewer bytes
     */
    static byte[] unpack(byte[] frame, int length) throws XetFormatException {
        byte[] bytes = new byte[length];
        try {
            boolean plain = frame.length > HEADER && frame[4] == PLAIN;
            int read = plain ? readPlain(frame, bytes) : readAny(frame, bytes);
            if (read == length) {
                return bytes;
            }
        } catch (IOException | RuntimeException e) {
            throw new XetFormatException("damaged LZ4 frame, or one of more than " + length + " bytes", e);
        }
        throw new XetFormatException("chunk of " + length + " bytes unpacks to another length");
    }

    private static int readPlain(byte[] frame, byte[] bytes) throws XetFormatException {
        ByteBuffer in = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt() != MAGIC) {
            throw new XetFormatException("no LZ4 frame");
        }
        in.position(HEADER); // the header's own checksum protects nothing that is used
        int written = 0;
        for (int size = in.getInt(); size != 0; size = in.getInt()) {
            int stored = size & ~STORED;
            if (stored > in.remaining()) {
                throw new XetFormatException("the LZ4 frame ends within a block");
            }
            if ((size & STORED) == 0) {
                written +=
                        DECOMPRESSOR.decompress(frame, in.position(), stored, bytes, written, bytes.length - written);
            } else {
                System.arraycopy(frame, in.position(), bytes, written, stored);
                written += stored;
            }
            in.position(in.position() + stored);
        }
        if (in.hasRemaining()) {
            throw new XetFormatException("something follows the LZ4 frame");
        }
        return written;
    }

    private static int readAny(byte[] frame, byte[] bytes) throws IOException {
        try (LZ4FrameInputStream in = new LZ4FrameInputStream(
                new ByteArrayInputStream(frame),
                DECOMPRESSOR,
                XXHashFactory.safeInstance().hash32(),
                true)) {
            int read = in.readNBytes(bytes, 0, bytes.length);
            return in.read() < 0 ? read : read + 1;
        }
    }
}
