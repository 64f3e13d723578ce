package org.kohakuhub.xet;

import org.kohakuhub.common.XetHash;

/**
 * A run of neighbouring chunks of a stored xorb, as part of a file. Ends are exclusive.
 *
 * @param key of the xorb's chunk records in the object store
 * @param start the first chunk
 * @param end the chunk behind the last one
 * @param length uncompressed bytes of these chunks
 * @param byteStart where the record of the first chunk begins in the stored bytes
 * @param byteEnd where the record of the last chunk ends
 */
public record Term(XetHash xorb, String key, int start, int end, int length, int byteStart, int byteEnd) {
    /** These chunks of a xorb. */
    static Term of(StoredXorb xorb, int start, int end) {
        return new Term(
                xorb.hash(),
                xorb.key(),
                start,
                end,
                xorb.chunks().unpackedBytes(start, end),
                xorb.chunks().storedStart(start),
                xorb.chunks().storedStart(end));
    }

    /** Bytes of these chunks' records. */
    int storedLength() {
        return byteEnd - byteStart;
    }

    /** From here to the end of another run of the same xorb; the length is of no use then. */
    Term upTo(Term other) {
        return new Term(xorb, key, start, other.end, 0, byteStart, other.byteEnd);
    }
}
