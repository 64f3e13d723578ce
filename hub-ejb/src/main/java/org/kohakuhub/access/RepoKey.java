package org.kohakuhub.access;

import org.kohakuhub.common.RepoId;

/**
 * A repository that the caller was found to have a right to. Stores take this and not a {@link RepoId}, so that the
 * check cannot be forgotten.
 *
 * @param id the row's id
 * @param name the repository's address in its true spelling
 * @param ownerId the account (user or organization) that the namespace belongs to
 * @param isPrivate hidden from all who are not in its namespace
 */
public record RepoKey(String id, RepoId name, String ownerId, boolean isPrivate) {}
