package org.kohakuhub.weights;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;

/** Finds the files that an index names. */
@ApplicationScoped
class Shards {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");

    private final VersionStore versions;

    @SuppressWarnings("NullAway")
    protected Shards() { // the container's proxy only
        this(null);
    }

    @Inject
    Shards(VersionStore versions) {
        this.versions = versions;
    }

    /** The files of these names in the index's folder, in their order; empty unless all are there. */
    Optional<Map<String, TreeEntry>> beside(RepoKey repo, GitOid commit, FilePath index, Collection<String> names) {
        if (!names.stream().allMatch(name -> NAME.matcher(name).matches())) {
            return Optional.empty();
        }
        String folder = index.text().substring(0, index.text().lastIndexOf('/') + 1);
        List<FilePath> paths =
                names.stream().map(name -> new FilePath(folder + name)).toList();
        Map<String, TreeEntry> found = versions.entries(repo, commit, paths).stream()
                .filter(entry -> !entry.directory())
                .collect(Collectors.toMap(TreeEntry::path, Function.identity()));
        if (found.size() < paths.size()) {
            return Optional.empty();
        }
        Map<String, TreeEntry> shards = new LinkedHashMap<>();
        names.forEach(name -> shards.put(name, found.get(folder + name)));
        return Optional.of(shards);
    }
}
