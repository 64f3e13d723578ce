package org.kohakuhub.bucket;

import java.time.Instant;
import java.util.Optional;
import org.kohakuhub.common.XetHash;

/**
 * A file of a bucket.
 *
 * @param size in bytes
 * @param contentType as its sender said
 * @param mtime when it was changed where it came from, as its sender said
 */
public record BucketFile(
        String path, XetHash hash, long size, Optional<String> contentType, Instant mtime, Instant uploadedAt) {}
