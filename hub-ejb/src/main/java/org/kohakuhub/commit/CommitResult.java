package org.kohakuhub.commit;

import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RepoId;

/**
 * Where the branch stands after a commit request.
 *
 * @param repo the repository in its true spelling
 */
public record CommitResult(RepoId repo, GitOid head) {}
