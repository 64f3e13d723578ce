package org.kohakuhub.commit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.version.AttributeRules;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;

/** Reads the {@code .gitattributes} files that speak of some paths: those of the folders above them. */
@ApplicationScoped
class AttributeFiles {
    /** Longer than any that people write; what is longer is passed over. */
    static final int LONGEST = 1 << 20;

    private final VersionStore versions;

    @SuppressWarnings("NullAway")
    protected AttributeFiles() { // the container's proxy only
        this(null);
    }

    @Inject
    AttributeFiles(VersionStore versions) {
        this.versions = versions;
    }

    /** The files' contents by folder, {@code ""} for the root; as {@link AttributeRules#parse} takes them. */
    Map<String, byte[]> above(RepoKey repo, Optional<GitOid> commit, Collection<FilePath> paths) {
        Map<String, byte[]> files = new HashMap<>();
        if (commit.isEmpty() || paths.isEmpty()) {
            return files;
        }
        List<FilePath> wanted = new ArrayList<>();
        for (String folder : foldersAbove(paths)) {
            wanted.add(new FilePath(
                    folder.isEmpty() ? AttributeRules.FILE_NAME : folder + '/' + AttributeRules.FILE_NAME));
        }
        for (TreeEntry entry : versions.entries(repo, commit.get(), wanted)) {
            if (!entry.directory() && entry.lfs().isEmpty() && entry.size() <= LONGEST) {
                files.put(folderOf(entry.path()), versions.read(repo, entry.oid(), LONGEST));
            }
        }
        return files;
    }

    private static Set<String> foldersAbove(Collection<FilePath> paths) {
        Set<String> folders = new LinkedHashSet<>();
        folders.add("");
        for (FilePath path : paths) {
            String folder = folderOf(path.text());
            while (!folder.isEmpty() && folders.add(folder)) {
                folder = folderOf(folder);
            }
        }
        return folders;
    }

    /** The folder in which a path stands, {@code ""} for the root. */
    static String folderOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
