package org.kohakuhub.access;

import org.kohakuhub.common.BucketId;

/**
 * A bucket that the caller was found to have a right to, as {@link RepoKey} is for repositories.
 *
 * @param id the row's id
 * @param name the bucket's address in its true spelling
 * @param ownerId the account (user or organization) that the namespace belongs to
 * @param isPrivate hidden from all who are not in its namespace
 */
public record BucketKey(String id, BucketId name, String ownerId, boolean isPrivate) {}
