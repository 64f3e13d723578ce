package org.kohakuhub.viewer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.repo.FrontMatter;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;

/** The splits of commits, which never change: those of the last few are kept. Thread-safe. */
@ApplicationScoped
public class DatasetSplits {
    private static final FilePath README = new FilePath("README.md");
    private static final int LONGEST_README = 1 << 20;
    private static final int MOST_FILES = 20_000;
    private static final int MOST_KEPT = 32;

    private final VersionStore versions;
    private final Map<String, List<Split>> kept = new LinkedHashMap<>(16, 0.75f, true);

    @SuppressWarnings("NullAway")
    protected DatasetSplits() { // the container's proxy only
        this(null);
    }

    @Inject
    DatasetSplits(VersionStore versions) {
        this.versions = versions;
    }

    /** The splits at a commit. Of a dataset with very many files only the first {@value #MOST_FILES} are seen. */
    List<Split> of(RepoKey repo, GitOid commit) {
        String key = repo.id() + '/' + commit.hex();
        synchronized (kept) {
            List<Split> known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        List<TreeEntry> files = new ArrayList<>();
        versions.forEachFile(repo, commit, file -> {
            if (files.size() < MOST_FILES) {
                files.add(file);
            }
        });
        List<Split> splits = List.copyOf(DatasetLayout.of(files, card(repo, commit)));
        synchronized (kept) {
            kept.put(key, splits);
            if (kept.size() > MOST_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return splits;
    }

    /** What is malformed counts as absent, as it does for the datasets library's users. */
    private Optional<JsonObject> card(RepoKey repo, GitOid commit) {
        Optional<TreeEntry> readme = versions.entry(repo, commit, README)
                .filter(entry -> !entry.directory() && entry.lfs().isEmpty());
        if (readme.isEmpty() || readme.get().size() > LONGEST_README) {
            return Optional.empty();
        }
        try {
            byte[] text = versions.read(repo, readme.get().oid(), LONGEST_README);
            return FrontMatter.read(new String(text, StandardCharsets.UTF_8));
        } catch (FrontMatter.Malformed | HubException unreadable) {
            return Optional.empty();
        }
    }
}
