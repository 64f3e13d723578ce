package org.kohakuhub.config;

import java.util.Set;

/**
 * How the hub meets browsers and proxies.
 *
 * @param hosts further names of the hub, lower-case, beside the base address's
 * @param corsOrigins origins whose pages may read answers, without cookies; {@code *} for all
 * @param jsonLog whether the request log is JSON, one object a line
 */
public record WebConfig(Set<String> hosts, Set<String> corsOrigins, boolean jsonLog) {
    /** Copies the sets. */
    public WebConfig {
        hosts = Set.copyOf(hosts);
        corsOrigins = Set.copyOf(corsOrigins);
    }
}
