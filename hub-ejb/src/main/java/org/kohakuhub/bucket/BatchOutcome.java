package org.kohakuhub.bucket;

import java.util.List;

/**
 * What became of a batch. Lines that fail do not keep the others from being done.
 *
 * @param processed lines that there were
 * @param failed those that changed nothing, in their order
 */
public record BatchOutcome(int processed, List<Failure> failed) {
    /** Why a line failed. */
    public record Failure(String path, String error) {}

    /** How many lines were done. */
    public int succeeded() {
        return processed - failed.size();
    }
}
