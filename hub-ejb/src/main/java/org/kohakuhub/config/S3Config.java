package org.kohakuhub.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where large bytes live.
 *
 * @param endpoint where the hub reaches the object store
 * @param publicEndpoint where clients reach it; empty: at {@code endpoint}, or, when {@code followCaller} holds, on
 *     the host by which the caller reached the hub, at {@code endpoint}'s port
 * @param followCaller set for the embedded object store, which listens on the hub's own addresses
 */
public record S3Config(
        URI endpoint,
        Optional<URI> publicEndpoint,
        boolean followCaller,
        String accessKey,
        Secret secretKey,
        String bucket,
        String region,
        boolean forcePathStyle,
        Duration presignTtl) {

    /** AWS refuses to presign for longer than seven days. */
    private static final Duration LONGEST_PRESIGN = Duration.ofDays(7);

    /**
     * @throws IllegalArgumentException with a sentence that names the variable
     */
    public S3Config {
        if (presignTtl.isNegative() || presignTtl.isZero() || presignTtl.compareTo(LONGEST_PRESIGN) > 0) {
            throw new IllegalArgumentException("KOHAKU_HUB_S3_PRESIGN_SECONDS must be 1.." + LONGEST_PRESIGN.toSeconds()
                    + ", is " + presignTtl.toSeconds());
        }
    }
}
