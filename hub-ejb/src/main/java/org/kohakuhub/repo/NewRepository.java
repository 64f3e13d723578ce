package org.kohakuhub.repo;

import java.util.Optional;
import org.kohakuhub.common.RepoType;

/**
 * A repository that somebody wants.
 *
 * @param namespace an organization or the caller's own name; empty: the caller's own
 * @param sdk of a space: gradio, streamlit, docker or static
 */
public record NewRepository(
        RepoType type, Optional<String> namespace, String name, boolean isPrivate, Optional<String> sdk) {}
