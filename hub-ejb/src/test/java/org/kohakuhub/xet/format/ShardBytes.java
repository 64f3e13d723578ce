package org.kohakuhub.xet.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;

/** Makes shards as clients send them (docs/xet-protocol.md, 5.3 and 5.4), also wrong ones. */
public final class ShardBytes {
    private final ByteBuffer files = buffer();
    private final ByteBuffer xorbs = buffer();

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A term and the proof that its sender has the chunks. */
    public record ProvenTerm(XetHash xorb, int bytes, int start, int end, XetHash rangeHash) {
        /** These chunks of a xorb. */
        public static ProvenTerm of(VerifiedXorb xorb, int start, int end) {
            ChunkTable chunks = xorb.chunks();
            return new ProvenTerm(
                    xorb.hash(), chunks.unpackedBytes(start, end), start, end, chunks.rangeHash(start, end));
        }

        /** All chunks of a xorb. */
        public static ProvenTerm all(VerifiedXorb xorb) {
            return of(xorb, 0, xorb.chunks().count());
        }
    }

    /** Adds a file as it says it is. */
    public ShardBytes file(XetHash hash, Sha256 sha256, ProvenTerm... terms) {
        return file(hash, sha256, true, terms);
    }

    /** Adds a file, with or without verification entries. */
    public ShardBytes file(XetHash hash, Sha256 sha256, boolean verified, ProvenTerm... terms) {
        hash.write(files);
        int flags = (verified ? ShardFormat.HAS_RANGE_HASHES : 0) | (sha256 == null ? 0 : ShardFormat.HAS_SHA256);
        files.putInt(flags).putInt(terms.length).putLong(0);
        for (ProvenTerm term : terms) {
            term.xorb().write(files);
            files.putInt(0).putInt(term.bytes()).putInt(term.start()).putInt(term.end());
        }
        for (ProvenTerm term : verified ? terms : new ProvenTerm[0]) {
            term.rangeHash().write(files);
            files.put(new byte[16]);
        }
        if (sha256 != null) {
            XetHash.ofSha256(sha256).write(files);
            files.put(new byte[16]);
        }
        return this;
    }

    /** Adds a xorb's description. */
    public ShardBytes xorb(VerifiedXorb xorb) {
        ChunkTable chunks = xorb.chunks();
        xorb.hash().write(xorbs);
        xorbs.putInt(0).putInt(chunks.count()).putInt(chunks.unpackedBytes()).putInt(0);
        for (int i = 0; i < chunks.count(); i++) {
            chunks.hash(i).write(xorbs);
            xorbs.putInt(chunks.unpackedStart(i)).putInt(chunks.length(i)).putLong(0);
        }
        return this;
    }

    /** The whole shard. */
    public byte[] bytes() {
        ByteBuffer shard = buffer();
        ShardFormat.putHeader(shard, 0);
        shard.put(files.array(), 0, files.position());
        ShardFormat.putBookend(shard);
        shard.put(xorbs.array(), 0, xorbs.position());
        ShardFormat.putBookend(shard);
        return Arrays.copyOf(shard.array(), shard.position());
    }

    /** The file hash over the chunks of these terms. */
    public static XetHash fileHash(List<VerifiedXorb> xorbs, List<ProvenTerm> terms) {
        MerkleRoot root = new MerkleRoot();
        for (ProvenTerm term : terms) {
            xorbs.stream()
                    .filter(xorb -> xorb.hash().equals(term.xorb()))
                    .findFirst()
                    .orElseThrow()
                    .chunks()
                    .addTo(root, term.start(), term.end());
        }
        return XetHashing.file(root);
    }

    /** The chunks of an input. */
    public static List<byte[]> chunks(byte[] input) throws java.io.IOException {
        List<byte[]> chunks = new ArrayList<>();
        Chunker chunker = new Chunker(chunks::add);
        chunker.write(input, 0, input.length);
        chunker.finish();
        return chunks;
    }
}
