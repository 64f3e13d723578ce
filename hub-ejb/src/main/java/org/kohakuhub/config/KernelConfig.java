package org.kohakuhub.config;

import java.util.Set;

/**
 * Whose kernels are loaded without further ado: they are code, and the {@code kernels} library runs nobody else's unless
 * its caller says so.
 *
 * @param trustedPublishers names of organizations, as these write themselves
 */
public record KernelConfig(Set<String> trustedPublishers) {
    /** Copies the set. */
    public KernelConfig {
        trustedPublishers = Set.copyOf(trustedPublishers);
    }
}
