package org.kohakuhub.xet.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Packs and unpacks the payloads of chunks. Unpacking never makes more bytes than the chunk's header says. The pure
 * Java codecs are used: what is unpacked comes from strangers, and native code cannot be loaded twice in one server.
 */
final class ChunkCodec {
    private static final LZ4Factory LZ4 = LZ4Factory.safeInstance();
    private static final XXHashFactory XXHASH = XXHashFactory.safeInstance();
    private static final long UNKNOWN_SIZE = -1;
    private static final int PLANES = 4;

    private ChunkCodec() {}

    /**
     * The chunk's bytes: exactly as many as its header says.
     *
     * @throws XetFormatException if the payload is damaged, or holds more or fewer bytes
     */
    static byte[] unpack(ChunkHeader header, byte[] payload) throws XetFormatException {
        switch (header.scheme()) {
            case NONE -> {
                if (payload.length != header.length()) {
                    throw new XetFormatException(
                            "uncompressed chunk of " + header.length() + " bytes stored as " + payload.length);
                }
                return payload;
            }
            case LZ4 -> {
                return Lz4Frame.unpack(payload, header.length());
            }
            case BG4_LZ4 -> {
                return joinPlanes(Lz4Frame.unpack(payload, header.length()));
            }
        }
        throw new AssertionError(header);
    }

    /** The payload by this scheme; it may be longer than the chunk. */
    static byte[] pack(ChunkScheme scheme, byte[] chunk) {
        return switch (scheme) {
            case NONE -> chunk;
            case LZ4 -> writeFrame(chunk);
            case BG4_LZ4 -> writeFrame(splitPlanes(chunk));
        };
    }

    private static byte[] writeFrame(byte[] bytes) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(bytes.length + 64);
        try (LZ4FrameOutputStream out = new LZ4FrameOutputStream(
                frame,
                LZ4FrameOutputStream.BLOCKSIZE.SIZE_256KB,
                UNKNOWN_SIZE,
                LZ4.fastCompressor(),
                XXHASH.hash32(),
                LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return frame.toByteArray();
    }

    /** Plane g holds the bytes g, g+4, g+8 and so on; the first ones are longer where the length is no multiple. */
    static byte[] splitPlanes(byte[] bytes) {
        byte[] planes = new byte[bytes.length];
        int to = 0;
        for (int plane = 0; plane < PLANES; plane++) {
            for (int from = plane; from < bytes.length; from += PLANES) {
                planes[to++] = bytes[from];
            }
        }
        return planes;
    }

    static byte[] joinPlanes(byte[] planes) {
        byte[] bytes = new byte[planes.length];
        int from = 0;
        for (int plane = 0; plane < PLANES; plane++) {
            for (int to = plane; to < bytes.length; to += PLANES) {
                bytes[to] = planes[from++];
            }
        }
        return bytes;
    }
}
