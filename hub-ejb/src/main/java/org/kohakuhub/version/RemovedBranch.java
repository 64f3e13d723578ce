package org.kohakuhub.version;

import java.time.Instant;
import org.kohakuhub.common.GitOid;

/**
 * A branch that was there.
 *
 * @param name without {@code refs/heads/}
 * @param head where it stood
 * @param actor who removed it
 * @param place where it stands in the list of removals
 */
public record RemovedBranch(String name, GitOid head, String actor, Instant removedAt, Place place) {
    /** A place in the list, newest first. */
    public record Place(long at, String id) {}
}
