package org.kohakuhub.lfs;

import java.time.Instant;
import org.kohakuhub.common.FilePath;

/**
 * A file that somebody keeps for himself.
 *
 * @param ref the branch that he was on, or the empty text; the lock holds on all
 * @param ownerId his account's id
 * @param owner his account's name
 */
public record FileLock(String id, FilePath path, String ref, String ownerId, String owner, Instant lockedAt) {}
