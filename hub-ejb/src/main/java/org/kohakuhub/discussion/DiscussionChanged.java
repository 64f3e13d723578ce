package org.kohakuhub.discussion;

import java.util.Optional;
import org.kohakuhub.access.RepoKey;

/**
 * Fired inside the transaction that changes a discussion. The rules for observers are those of
 * {@link org.kohakuhub.version.RefsMoved}.
 *
 * @param created whether the discussion, or the comment, is new
 * @param comment the id of the comment that it is about, if it is about one
 */
public record DiscussionChanged(RepoKey repo, int num, boolean created, Optional<String> comment) {}
