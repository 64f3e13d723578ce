package org.kohakuhub.repo;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param facts those that were wanted, by the repositories' ids
 * @param next the cursor of the page that follows, if one does
 */
public record RepositoryPage(List<RepositoryRecord> repositories, Map<String, Facts> facts, Optional<String> next) {
    /** What was wanted of one of the repositories. */
    public Facts facts(RepositoryRecord repository) {
        return facts.getOrDefault(repository.id(), Facts.NONE);
    }
}
