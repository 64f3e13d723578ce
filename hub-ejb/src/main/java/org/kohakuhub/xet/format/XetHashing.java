package org.kohakuhub.xet.format;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.kohakuhub.common.XetHash;

/** The protocol's four uses of keyed BLAKE3 (3.2, 4.1 to 4.3), and the one of dedup answers (5.6). */
public final class XetHashing {
    private static final Blake3 CHUNK = keyed("6697f5775b9550de3135cbaca597181c9de421109beb2b58b4d0b04b93adf229");
    private static final Blake3 NODE = keyed("017ec5c7a5472996fd946666b48a02e65ddd536f37c76dd2f86352e64a53713f");
    private static final Blake3 RANGE = keyed("7f1857d6ce56ed66127ff913e7a5c3f3a4cd26d5b5db49e64124987f28fb94c3");
    private static final Blake3 FILE = new Blake3(new byte[XetHash.BYTES]);
    private static final XetHash EMPTY_FILE = new XetHash(0, 0, 0, 0);

    private XetHashing() {}

    private static Blake3 keyed(String hex) {
        return new Blake3(HexFormat.of().parseHex(hex));
    }

    /** The hash of a chunk's uncompressed bytes. */
    public static XetHash chunk(byte[] bytes, int offset, int length) {
        return CHUNK.hash(bytes, offset, length);
    }

    /** The hash of an inner node: of the text that lists its children. */
    static XetHash node(CharSequence text) {
        byte[] ascii = text.toString().getBytes(StandardCharsets.US_ASCII);
        return NODE.hash(ascii, 0, ascii.length);
    }

    /** The proof of possession for neighbouring chunks: of their hashes, one behind the other. */
    public static XetHash range(byte[] chunkHashes, int offset, int length) {
        return RANGE.hash(chunkHashes, offset, length);
    }

    /** The hash of a file, of the Merkle root over all its chunks; an empty file's is all zeros. */
    public static XetHash file(MerkleRoot chunks) {
        return chunks.isEmpty() ? EMPTY_FILE : FILE.hash(chunks.finish().bytes(), 0, XetHash.BYTES);
    }

    /** What stands for a chunk in a dedup answer: only who has the chunk can match it. */
    public static XetHash keyedChunk(byte[] key, XetHash chunk) {
        return new Blake3(key).hash(chunk.bytes(), 0, XetHash.BYTES);
    }
}
