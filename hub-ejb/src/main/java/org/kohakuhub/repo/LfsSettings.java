package org.kohakuhub.repo;

import java.util.List;
import java.util.Optional;

/**
 * When files of a repository become LFS files, and who says so.
 *
 * @param ownThreshold the repository's own number of bytes, if it has one
 * @param ownSuffixes its own list, if it has one
 * @param effective what counts
 * @param server what counts without those
 */
public record LfsSettings(
        Optional<Long> ownThreshold,
        Optional<List<String>> ownSuffixes,
        LfsRule effective,
        LfsRule server,
        int serverKeepVersions) {}
