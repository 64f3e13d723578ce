package org.kohakuhub.repo;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param next the cursor of the page that follows, if one does
 */
public record RepositoryPage(List<RepositoryRecord> repositories, Optional<String> next) {}
