package org.kohakuhub.xet.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;

/**
 * Reads an uploaded shard (5.3, 5.4): first all files, then all xorbs, one at a time. No count that the shard claims is
 * believed beyond the bytes that are left. What may follow the sections (tables, a footer) is not read.
 */
public final class ShardReader {
    private final InputStream in;
    private long left;
    private boolean inFiles = true;
    private boolean ended;

    /**
     * Reads the header.
     *
     * @param length all bytes that the stream has
     * @throws XetFormatException if this is no shard of version 2
     */
    public ShardReader(InputStream in, long length) throws IOException {
        this.in = in;
        this.left = length;
        byte[] header = entries(1);
        if (!ShardFormat.isTagged(header)) {
            throw new XetFormatException("this is no shard");
        }
        long version = ShardFormat.littleEndian(header).getLong(XetHash.BYTES);
        if (version != ShardFormat.VERSION) {
            throw new XetFormatException("shard of version " + version);
        }
    }

    /**
     * The next file; empty behind the last one.
     *
     * @throws XetFormatException if the shard is damaged
     */
    public Optional<ShardFile> nextFile() throws IOException {
        if (!inFiles) {
            return Optional.empty();
        }
        byte[] header = entries(1);
        if (ShardFormat.isBookend(header)) {
            inFiles = false;
            return Optional.empty();
        }
        ByteBuffer fields = ShardFormat.littleEndian(header);
        XetHash hash = XetHash.read(fields);
        int flags = fields.getInt();
        long count = Integer.toUnsignedLong(fields.getInt());
        byte[] terms = entries(count);
        byte[] rangeHashes = (flags & ShardFormat.HAS_RANGE_HASHES) == 0 ? new byte[0] : entries(count);
        Sha256 sha256 = (flags & ShardFormat.HAS_SHA256) == 0
                ? null
                : XetHash.of(entries(1), 0).toSha256();
        return Optional.of(new ShardFile(hash, terms, rangeHashes, sha256));
    }

    /**
     * The next xorb, once all files were read; empty behind the last one.
     *
     * @throws XetFormatException if the shard is damaged
     */
    public Optional<ShardXorb> nextXorb() throws IOException {
        if (inFiles) {
            throw new IllegalStateException("The files come first");
        }
        if (ended) {
            return Optional.empty();
        }
        byte[] header = entries(1);
        if (ShardFormat.isBookend(header)) {
            ended = true;
            return Optional.empty();
        }
        ByteBuffer fields = ShardFormat.littleEndian(header);
        XetHash hash = XetHash.read(fields);
        fields.getInt(); // flags, which mean nothing
        long count = Integer.toUnsignedLong(fields.getInt());
        int unpackedBytes = fields.getInt();
        if (count > XorbLimits.CHUNKS) {
            throw new XetFormatException("xorb of " + count + " chunks");
        }
        return Optional.of(new ShardXorb(hash, unpackedBytes, entries(count)));
    }

    private byte[] entries(long count) throws IOException {
        long bytes = count * ShardFormat.ENTRY;
        if (bytes > left || bytes > Integer.MAX_VALUE) {
            throw new XetFormatException("the shard ends within an entry");
        }
        left -= bytes;
        byte[] entries = in.readNBytes((int) bytes);
        if (entries.length < bytes) {
            throw new XetFormatException("the shard ends within an entry");
        }
        return entries;
    }
}
