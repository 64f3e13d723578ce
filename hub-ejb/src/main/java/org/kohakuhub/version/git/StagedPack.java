package org.kohakuhub.version.git;

import java.util.List;
import java.util.Map;

/**
 * A pack that is written and not yet named by a row.
 *
 * @param inline the bytes of its small files, by extension; the others are in the object store
 */
record StagedPack(
        String name,
        String source,
        List<PackFile> files,
        Map<String, byte[]> inline,
        long objectCount,
        long deltaCount,
        long packBytes,
        long createdAt) {}
