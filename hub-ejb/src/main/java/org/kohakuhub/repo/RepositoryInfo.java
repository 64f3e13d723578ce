package org.kohakuhub.repo;

import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.GitOid;

/**
 * A repository at a revision.
 *
 * @param key opens its files
 * @param card of that revision
 * @param commit empty for a repository without commits
 */
public record RepositoryInfo(RepoKey key, RepositoryRecord repository, Card card, Optional<GitOid> commit) {}
