package org.kohakuhub.bucket;

import java.time.Instant;
import org.kohakuhub.common.BucketId;

/**
 * What the hub tells of a bucket.
 *
 * @param name in its true spelling
 * @param size of all its files, in bytes; contents that are there twice count twice
 * @param files how many there are
 * @param modifiedAt when a file was added or removed last
 */
public record BucketRecord(
        String id, BucketId name, boolean isPrivate, long size, long files, Instant createdAt, Instant modifiedAt) {}
