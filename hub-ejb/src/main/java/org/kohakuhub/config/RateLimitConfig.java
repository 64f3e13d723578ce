package org.kohakuhub.config;

import java.time.Duration;
import java.util.List;
import org.kohakuhub.common.Network;

/**
 * How many requests one caller may make within a window; 0 for as many as he likes.
 *
 * @param xet requests to the CAS endpoints
 * @param auth wrong passwords, codes and administrator's tokens from one address
 * @param trustedProxies whose word about the caller's address counts
 */
public record RateLimitConfig(
        long api, long resolve, long git, long xet, long auth, Duration window, List<Network> trustedProxies) {
    /** Copies the list. */
    public RateLimitConfig {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
