package org.kohakuhub.version.git;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.internal.storage.commitgraph.ChangedPathFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Paths that are looked for together. What is derived from them is kept as long as they stay the same. */
final class PathGroup {
    private final Set<String> paths;
    private Map<String, List<Key>> byFolder;
    private TreeFilter filter;
    private Set<String> above;

    PathGroup(Set<String> paths) {
        this.paths = paths;
    }

    private record Key(String path, byte[] bytes) {
        Key(String path) {
            this(path, path.getBytes(StandardCharsets.UTF_8));
        }
    }

    Set<String> paths() {
        return paths;
    }

    PathGroup without(Collection<String> gone) {
        if (gone.stream().noneMatch(paths::contains)) {
            return this;
        }
        Set<String> left = new TreeSet<>(paths);
        gone.forEach(left::remove);
        return new PathGroup(left);
    }

    PathGroup with(PathGroup other) {
        Set<String> all = new TreeSet<>(paths);
        all.addAll(other.paths);
        return new PathGroup(all);
    }

    /** Those that a commit may have changed; all others it did not. A folder that stayed the same is one question only. */
    PathGroup suspects(ChangedPathFilter changes) {
        Set<String> suspects = new TreeSet<>();
        byFolder().forEach((folder, keys) -> {
            if (folder.isEmpty() || changes.maybeContains(folder.getBytes(StandardCharsets.UTF_8))) {
                for (Key key : keys) {
                    if (changes.maybeContains(key.bytes())) {
                        suspects.add(key.path());
                    }
                }
            }
        });
        return suspects.size() == paths.size() ? this : new PathGroup(suspects);
    }

    private Map<String, List<Key>> byFolder() {
        if (byFolder == null) {
            byFolder = new TreeMap<>();
            for (String path : paths) {
                byFolder.computeIfAbsent(folder(path), folder -> new ArrayList<>())
                        .add(new Key(path));
            }
        }
        return byFolder;
    }

    /** The folder that a path is in; "" for the root. */
    static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** Lets pass these paths and what leads to them. */
    TreeFilter filter() {
        if (filter == null) {
            filter = PathFilterGroup.createFromStrings(paths);
        }
        return filter;
    }

    /** Whether one of the paths is below this folder. */
    boolean leadsBelow(String folder) {
        if (above == null) {
            above = new HashSet<>();
            for (String path : paths) {
                for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
                    above.add(path.substring(0, i));
                }
            }
        }
        return above.contains(folder);
    }
}
