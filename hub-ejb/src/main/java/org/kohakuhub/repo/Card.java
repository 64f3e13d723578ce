package org.kohakuhub.repo;

import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.GitOid;

/**
 * What a repository's files say about it: the YAML front matter of its README.md and a little of config.json.
 *
 * @param commit what it was read from; empty where nothing was read yet
 * @param data the front matter as a JSON object's text
 * @param tags flattened from the front matter, for filters
 * @param pipelineTag the task, of a model
 * @param libraryName the library that loads it, of a model
 * @param config the part of config.json that is told, as a JSON object's text
 * @param details what else is told, as the text of a JSON object with the names of the answer: {@code transformersInfo},
 *     {@code mask_token}, {@code description}
 */
public record Card(
        Optional<GitOid> commit,
        Optional<String> data,
        List<String> tags,
        Optional<String> pipelineTag,
        Optional<String> libraryName,
        Optional<String> config,
        Optional<String> details) {
    /** Of a repository without commits. */
    static final Card EMPTY = new Card(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
