package org.kohakuhub.commit;

import java.util.Optional;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RepoId;

/**
 * Where the branch, or the new pull request, stands after a commit request.
 *
 * @param repo the repository in its true spelling
 * @param pull the number of the pull request that was opened, if one was
 */
public record CommitResult(RepoId repo, GitOid head, Optional<Integer> pull) {}
