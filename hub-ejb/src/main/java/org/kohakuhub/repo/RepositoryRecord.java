package org.kohakuhub.repo;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RepoId;

/**
 * What the hub knows of a repository without opening it.
 *
 * @param id the row's id
 * @param name the address in its true spelling
 * @param sdk of a space: gradio, streamlit, docker or static
 * @param description what its owner says of it in a line
 * @param downloads of the last thirty days
 * @param card what the default branch's model card said when it was last read
 * @param weights what the heads of the default branch's weights said when they were last read, as a JSON object
 * @param weightsCommit what they were read from
 * @param mainSize bytes of the default branch's files, if they were counted
 */
public record RepositoryRecord(
        String id,
        RepoId name,
        String ownerId,
        boolean isPrivate,
        Gated gated,
        boolean disabled,
        Optional<String> sdk,
        Optional<String> description,
        long downloads,
        long downloadsAllTime,
        long likes,
        long trendingScore,
        Instant createdAt,
        Instant modifiedAt,
        Card card,
        Optional<String> weights,
        Optional<GitOid> weightsCommit,
        OptionalLong mainSize) {}
