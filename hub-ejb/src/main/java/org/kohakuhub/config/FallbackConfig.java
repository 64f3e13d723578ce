package org.kohakuhub.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Other hubs that are asked for what this one does not have.
 *
 * @param cacheTtl how long it is remembered which source has a repository
 * @param timeout how long one source may take to answer
 * @param maxConcurrent requests to all sources at a time
 * @param sources least priority number first
 */
public record FallbackConfig(
        boolean enabled, Duration cacheTtl, Duration timeout, int maxConcurrent, List<Source> sources) {
    /** Copies the list. */
    public FallbackConfig {
        sources = List.copyOf(sources);
    }

    /**
     * One source.
     *
     * @param token sent to this source; blank for none
     * @param type {@code huggingface} or {@code kohakuhub}
     */
    public record Source(URI url, Secret token, int priority, String name, String type) {}
}
