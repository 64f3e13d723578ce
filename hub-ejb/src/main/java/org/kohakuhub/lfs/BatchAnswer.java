package org.kohakuhub.lfs;

import java.util.List;

/**
 * The answers to a batch, in the order of its objects.
 *
 * @param inParts whether all that is to be sent goes in parts; else the transfer is {@code basic}, where an object with
 *     parts says so itself
 */
public record BatchAnswer(boolean inParts, List<ObjectAnswer> objects) {
    /** Copies what could change. */
    public BatchAnswer {
        objects = List.copyOf(objects);
    }
}
