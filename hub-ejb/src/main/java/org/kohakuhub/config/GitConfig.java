package org.kohakuhub.config;

import java.time.Duration;

/**
 * How the hub keeps git histories.
 *
 * @param keepDeletedBranches how long a branch that was deleted can be restored; zero: not at all
 */
public record GitConfig(Duration keepDeletedBranches) {}
