package org.kohakuhub.config;

import java.util.OptionalLong;

/** Room for a namespace that has no quota of its own, in bytes; empty is unlimited. */
public record QuotaConfig(
        OptionalLong userPrivateBytes,
        OptionalLong userPublicBytes,
        OptionalLong orgPrivateBytes,
        OptionalLong orgPublicBytes) {}
