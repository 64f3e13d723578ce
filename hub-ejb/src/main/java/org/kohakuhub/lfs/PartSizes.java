package org.kohakuhub.lfs;

import java.util.Optional;
import org.kohakuhub.config.LfsConfig;

/** How an object of a given size is sent. The limits are those of S3. */
final class PartSizes {
    /** The longest object that one PUT can store. */
    static final long LONGEST_PUT = 5L << 30;

    /** The longest object at all. */
    static final long LONGEST = 5L << 40;

    static final int MOST_PARTS = 10_000;

    private static final long MEBIBYTE = 1L << 20;

    private final LfsConfig config;

    PartSizes(LfsConfig config) {
        this.config = config;
    }

    /** Whether an object is long enough to be sent in parts by a client that can. */
    boolean wantsParts(long size) {
        return size >= config.multipartThresholdBytes() || tooLongForOnePut(size);
    }

    /** The size of the parts: the configured one, or as much more, in whole MiB, as it takes to stay within the number. */
    long partSize(long size) {
        long least = (size + MOST_PARTS - 1) / MOST_PARTS;
        long rounded = (least + MEBIBYTE - 1) / MEBIBYTE * MEBIBYTE;
        return Math.max(config.multipartChunkBytes(), rounded);
    }

    /** Whether one PUT cannot send it. */
    static boolean tooLongForOnePut(long size) {
        return size > LONGEST_PUT;
    }

    /** Why an object of this size cannot be sent, if that is so. */
    static Optional<String> objection(long size) {
        return size > LONGEST ? Optional.of("Larger than the 5 TiB that an object can have") : Optional.empty();
    }
}
