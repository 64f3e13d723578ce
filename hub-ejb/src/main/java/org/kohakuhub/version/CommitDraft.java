package org.kohakuhub.version;

import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.GitOid;

/**
 * A commit to be made on a branch.
 *
 * @param branch the whole ref, {@code refs/heads/main}
 * @param start where the ref begins if it is not there yet; without one only the default branch may be new
 * @param parentCommit the head that the client saw, 5 to 40 hex digits: another head is STALE_PARENT. Without it the
 *     changes are applied to whatever the head is.
 * @param message title, blank line, description
 */
public record CommitDraft(
        String branch,
        Optional<GitOid> start,
        Optional<String> parentCommit,
        Author author,
        String message,
        List<TreeChange> changes) {
    /** A commit on a ref that is there. */
    public CommitDraft(
            String branch, Optional<String> parentCommit, Author author, String message, List<TreeChange> changes) {
        this(branch, Optional.empty(), parentCommit, author, message, changes);
    }
}
