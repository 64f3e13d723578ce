package org.kohakuhub.viewer;

import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * How large a split is.
 *
 * @param bytes of its files
 * @param memoryBytes of its columns, uncompressed; 0 where the files do not tell
 * @param rows empty where the files do not tell
 * @param features what the files say of their columns
 * @param partial whether it has so many files that not all were asked
 */
public record SplitSize(
        Split split,
        long bytes,
        long memoryBytes,
        Optional<Long> rows,
        int columns,
        Optional<JsonObject> features,
        boolean partial) {}
