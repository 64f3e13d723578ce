package org.kohakuhub.contract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.xet.format.MerkleRoot;
import org.kohakuhub.xet.format.Packed;
import org.kohakuhub.xet.format.XetHashing;

/**
 * Bodies that are not the xorb of their hash, or no xorb at all (docs/xet-protocol.md, 5.1, 5.2 and 6). Wherever there
 * is a hash that would be right, it is the one in the path: the rule itself must refuse the body, not the hash.
 */
final class BadXorbs {
    private static final int RAW = 0;
    private static final int LZ4 = 1;
    private static final int PLANES = 2;
    private static final int LONGEST = 131_072;
    private static final int LONGEST_PAYLOAD = 262_144;
    private static final int MOST_CHUNKS = 8_192;
    private static final int MOST_BYTES = 64 << 20;
    private static final byte[] FRAME = {4, 0x22, 0x4d, 0x18, 0x60, 0x70, 0x73}; // independent blocks of 4 MiB

    private BadXorbs() {}

    /**
     * One of them.
     *
     * @param hash in the path
     * @param fragment what the message must contain
     */
    record BadXorb(String name, XetHash hash, Supplier<byte[]> body, String fragment) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<BadXorb> all() {
        Packed good = Packed.of(Bytes.fresh(300_000));
        Packed other = Packed.of(Bytes.fresh(300_000));
        XetHash hash = good.xorb().hash();
        int secondRecord = good.xorb().chunks().storedStart(1);
        byte[] body = good.body();
        byte[] small = Bytes.fresh(1_000);
        return List.of(
                new BadXorb("another xorb", other.xorb().hash(), () -> body, "its hash is"),
                new BadXorb("a hash of zeros", new XetHash(0, 0, 0, 0), () -> body, "its hash is"),
                new BadXorb("the hash of its file", good.file(), () -> body, "its hash is"),
                new BadXorb("no body", hash, () -> new byte[0], "no chunk"),
                new BadXorb("the last byte missing", hash, () -> cut(body, body.length - 1), "cut off"),
                new BadXorb("cut within a header", hash, () -> cut(body, secondRecord + 3), "cut off"),
                new BadXorb("cut behind a record", hash, () -> cut(body, secondRecord), "its hash is"),
                new BadXorb("the first record missing", hash, () -> tail(body, secondRecord), "its hash is"),
                new BadXorb("the last byte doubled", hash, () -> join(body, tail(body, body.length - 1)), "cut off"),
                new BadXorb("all records twice", hash, () -> join(body, body), "its hash is"),
                new BadXorb("a bit flipped", hash, () -> flipped(body, secondRecord / 2), "its hash is"),
                new BadXorb("only a footer", hash, () -> join(Bytes.utf8("XETBLOB\1"), new byte[92]), "no chunk"),
                new BadXorb("words", hash, () -> Bytes.utf8("{\"xorb\": true, \"chunks\": []}"), "version"),
                one("a raw chunk stored too short", small, () -> record(RAW, 999, 1_000, cut(small, 999))),
                one("a raw chunk stored too long", small, () -> record(RAW, 1_001, 1_000, cut(small, 1_001))),
                one("a stored length beyond the body", small, () -> record(RAW, 0xffffff, 1_000, small), "payload"),
                one("a chunk of no bytes", new byte[0], () -> record(RAW, 0, 0, new byte[0]), "chunk of 0 bytes"),
                one("a longer chunk than there may be", LONGEST + 1, "chunk of 131073 bytes"),
                one("a chunk of 16 MiB", 0xffffff, "chunk of 16777215 bytes"),
                one(
                        "a payload longer than there may be",
                        small,
                        () -> record(LZ4, LONGEST_PAYLOAD + 1, 1_000, new byte[LONGEST_PAYLOAD + 1]),
                        "payload"),
                one("an unknown scheme", small, () -> record(3, 1_000, 1_000, small), "scheme"),
                one("an unknown version", small, () -> changed(record(RAW, 1_000, 1_000, small), 0, 1), "version"),
                one("a frame with less than it says", small, () -> framed(LZ4, 1_000, stored(cut(small, 999)))),
                one("a frame with more than it says", small, () -> framed(LZ4, 1_000, stored(cut(small, 1_001)))),
                one("a frame without end", small, () -> unended(1_000, small)),
                one("no frame where there should be one", small, () -> record(LZ4, 1_000, 1_000, small)),
                one("no planes where there should be some", small, () -> record(PLANES, 1_000, 1_000, small)),
                one("zeros that unpack to 4 MiB", new byte[1_000], () -> framed(LZ4, 1_000, zeros(4 << 20))),
                one("zeros that unpack to 60 MiB", new byte[LONGEST], () -> bomb(15)),
                one("planes that unpack to 60 MiB", new byte[LONGEST], () -> changed(bomb(15), 4, PLANES)),
                tooMany(),
                tooMuch());
    }

    /** A row whose only chunk would have the right hash; what a damaged chunk is told depends on the damage. */
    private static BadXorb one(String name, byte[] chunk, Supplier<byte[]> body) {
        return one(name, chunk, body, "Invalid xorb");
    }

    private static BadXorb one(String name, byte[] chunk, Supplier<byte[]> body, String fragment) {
        return new BadXorb(name, hash(chunk), body, fragment);
    }

    private static BadXorb one(String name, int length, String fragment) {
        byte[] chunk = new byte[length];
        return one(name, chunk, () -> record(RAW, length, length, chunk), fragment);
    }

    private static BadXorb tooMany() {
        byte[] chunk = {7};
        MerkleRoot root = new MerkleRoot();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i <= MOST_CHUNKS; i++) {
            root.add(hash(chunk), 1);
            body.writeBytes(record(RAW, 1, 1, chunk));
        }
        return new BadXorb("one chunk too many", root.finish(), body::toByteArray, "more than 8192 chunks");
    }

    /** Zeros, so that it is few bytes on the wire. */
    private static BadXorb tooMuch() {
        byte[] packed = framed(LZ4, LONGEST, zeros(LONGEST));
        byte[] full = new byte[LONGEST];
        byte[] last = {0};
        MerkleRoot root = new MerkleRoot();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < MOST_BYTES / LONGEST; i++) {
            root.add(hash(full), LONGEST);
            body.writeBytes(packed);
        }
        root.add(hash(last), 1);
        body.writeBytes(record(RAW, 1, 1, last));
        return new BadXorb("a byte more than 64 MiB", root.finish(), body::toByteArray, "uncompressed bytes");
    }

    /**
     * A valid xorb in all but its length on the wire: chunks of one byte, each with as many empty blocks beside it as
     * its payload may hold.
     */
    static byte[] padded(int bytes) {
        byte[] frame = Arrays.copyOf(FRAME, LONGEST_PAYLOAD);
        ByteBuffer blocks = littleEndian(frame).position(FRAME.length);
        blocks.putInt(1 | 1 << 31).put((byte) 7);
        while (blocks.remaining() > 4) { // the mark of the end
            blocks.putInt(1 << 31);
        }
        byte[] record = record(LZ4, frame.length, 1, frame);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (body.size() < bytes) {
            body.writeBytes(record);
        }
        return body.toByteArray();
    }

    /** The hash of {@link #padded}. */
    static XetHash paddedHash(int bytes) {
        MerkleRoot root = new MerkleRoot();
        for (int at = 0; at < bytes; at += 8 + LONGEST_PAYLOAD) {
            root.add(hash(new byte[] {7}), 1);
        }
        return root.finish();
    }

    private static XetHash hash(byte[] chunk) {
        return XetHashing.chunk(chunk, 0, chunk.length);
    }

    private static byte[] record(int scheme, int stored, int length, byte[] payload) {
        byte[] head = {
            0,
            (byte) stored,
            (byte) (stored >> 8),
            (byte) (stored >> 16),
            (byte) scheme,
            (byte) length,
            (byte) (length >> 8),
            (byte) (length >> 16)
        };
        return join(head, payload);
    }

    private static byte[] framed(int scheme, int length, byte[] block) {
        byte[] frame = join(join(FRAME, block), new byte[4]);
        return record(scheme, frame.length, length, frame);
    }

    private static byte[] unended(int length, byte[] bytes) {
        byte[] frame = join(FRAME, stored(bytes));
        return record(LZ4, frame.length, length, frame);
    }

    private static byte[] bomb(int blocks) {
        byte[] frame = FRAME;
        for (int i = 0; i < blocks; i++) {
            frame = join(frame, zeros(4 << 20));
        }
        frame = join(frame, new byte[4]);
        return record(LZ4, frame.length, LONGEST, frame);
    }

    /** A block of a frame that holds bytes as they are. */
    private static byte[] stored(byte[] bytes) {
        return join(littleEndian(new byte[4]).putInt(bytes.length | 1 << 31).array(), bytes);
    }

    /** A block of a frame that unpacks to so many zeros: one of them, repeated, and five at the end. */
    private static byte[] zeros(int count) {
        int repeated = count - 6 - 19; // the token itself stands for 19
        byte[] block = new byte[5 + repeated / 255 + 1 + 6];
        ByteBuffer to = littleEndian(block);
        to.put((byte) 0x1f).put((byte) 0).putShort((short) 1);
        for (int left = repeated; left >= 0; left -= 255) {
            to.put((byte) Math.min(255, left));
        }
        to.put((byte) 0x50).put(new byte[5]);
        return join(littleEndian(new byte[4]).putInt(to.position()).array(), cut(block, to.position()));
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] cut(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        return changed(bytes, at, bytes[at] ^ 1);
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
