package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.access.Visibility;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.version.VersionStore;

/** Looks {@link Facts} up for a whole page at once: one statement for each kind, however long the page is. */
@ApplicationScoped
class FactFinder {
    private static final int MOST_SPACES = 100;

    private final VersionStore versions;
    private final Repositories repositories;
    private final TagRows tags;

    @SuppressWarnings("NullAway")
    protected FactFinder() { // the container's proxy only
        this(null, null, null);
    }

    @Inject
    FactFinder(VersionStore versions, Repositories repositories, TagRows tags) {
        this.versions = versions;
        this.repositories = repositories;
        this.tags = tags;
    }

    /** The facts by the repositories' ids; as many as are wanted, and nothing that may not be seen. */
    Map<String, Facts> of(List<RepositoryRecord> page, Set<Facts.Wanted> wanted, Visibility visibility) {
        if (wanted.isEmpty() || page.isEmpty()) {
            return Map.of();
        }
        List<String> ids = page.stream().map(RepositoryRecord::id).toList();
        Map<String, GitOid> heads = wanted.contains(Facts.Wanted.HEAD)
                ? versions.heads(page.stream().map(FactFinder::key).toList(), Revisions.DEFAULT_REF)
                : Map.of();
        Map<String, Long> storage = wanted.contains(Facts.Wanted.STORAGE) ? repositories.storage(ids) : Map.of();
        Map<String, Long> children = wanted.contains(Facts.Wanted.CHILDREN)
                ? tags.count(
                        RepoType.MODEL, page.stream().map(FactFinder::child).toList(), visibility)
                : Map.of();
        Map<String, List<String>> spaces = wanted.contains(Facts.Wanted.SPACES)
                ? tags.names(RepoType.SPACE, links(page), visibility, MOST_SPACES)
                : Map.of();
        Map<String, Facts> facts = new HashMap<>();
        for (RepositoryRecord repository : page) {
            facts.put(
                    repository.id(),
                    new Facts(
                            Optional.ofNullable(heads.get(repository.id())),
                            storage.getOrDefault(repository.id(), 0L),
                            children.getOrDefault(child(repository), 0L),
                            spaces.getOrDefault(link(repository), List.of())));
        }
        return facts;
    }

    static RepoKey key(RepositoryRecord repository) {
        return new RepoKey(repository.id(), repository.name(), repository.ownerId(), repository.isPrivate());
    }

    private static List<String> links(List<RepositoryRecord> page) {
        return page.stream().map(FactFinder::link).toList();
    }

    private static String link(RepositoryRecord repository) {
        return repository.name().type().plural() + ':' + repository.name().fullName();
    }

    private static String child(RepositoryRecord repository) {
        return "base_model:" + repository.name().fullName();
    }
}
