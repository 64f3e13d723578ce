package org.kohakuhub.config;

import java.time.Duration;

/**
 * What the dataset viewer may use.
 *
 * @param enabled whether there is one
 * @param workers questions answered at a time; each has a process of its own
 * @param memoryBytes of DuckDB in each of them
 * @param timeout after which a question is given up
 * @param maxBytes of data files that one question may read
 * @param cacheBytes of data files that are kept on the node's disk
 */
public record ViewerConfig(
        boolean enabled, int workers, long memoryBytes, Duration timeout, long maxBytes, long cacheBytes) {}
