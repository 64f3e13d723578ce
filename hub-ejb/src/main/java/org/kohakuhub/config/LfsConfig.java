package org.kohakuhub.config;

/**
 * When a file goes to the object store, and how. All sizes are bytes.
 *
 * @param thresholdBytes a file of this size or more is an LFS file, whatever its name
 * @param multipartThresholdBytes an LFS file of this size or more is uploaded in parts
 * @param multipartChunkBytes the size of a part; the last one may be shorter
 * @param keepVersions how many earlier contents of a path garbage collection keeps
 * @param autoGc whether garbage collection runs by itself
 */
public record LfsConfig(
        long thresholdBytes, long multipartThresholdBytes, long multipartChunkBytes, int keepVersions, boolean autoGc) {
    /** S3 refuses parts below 5 MiB (but for the last) and above 5 GiB. */
    private static final long SMALLEST_PART = 5L << 20;

    private static final long LARGEST_PART = 5L << 30;

    /**
     * @throws IllegalArgumentException with a sentence that names the variable
     */
    public LfsConfig {
        if (thresholdBytes < 1) {
            throw new IllegalArgumentException("KOHAKU_HUB_LFS_THRESHOLD_BYTES must be positive, is " + thresholdBytes);
        }
        if (multipartChunkBytes < SMALLEST_PART || multipartChunkBytes > LARGEST_PART) {
            throw new IllegalArgumentException("KOHAKU_HUB_LFS_MULTIPART_CHUNK_SIZE_BYTES must be " + SMALLEST_PART
                    + ".." + LARGEST_PART + ", is " + multipartChunkBytes);
        }
        if (multipartThresholdBytes < 1) {
            throw new IllegalArgumentException(
                    "KOHAKU_HUB_LFS_MULTIPART_THRESHOLD_BYTES must be positive, is " + multipartThresholdBytes);
        }
    }
}
