package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.util.Paths;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.version.LfsPointer;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore.TreePage;

/** Reads a commit's tree. Walks stream: what is held is a page and not the tree. */
final class TreeReader {
    private final ObjectReader reader;
    private final PointerCache pointers;
    private final ObjectId root;

    TreeReader(ObjectReader reader, PointerCache pointers, GitOid commit) throws IOException {
        this.reader = reader;
        this.pointers = pointers;
        try (RevWalk walk = new RevWalk(reader)) {
            this.root = walk.parseCommit(ObjectId.fromString(commit.hex())).getTree();
        }
    }

    Optional<TreeEntry> entry(FilePath path) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(reader, path.text(), root)) {
            return walk == null ? Optional.empty() : Optional.of(entry(walk));
        }
    }

    List<TreeEntry> entries(Collection<FilePath> paths) throws IOException {
        if (paths.isEmpty()) {
            return List.of();
        }
        Set<String> wanted = new HashSet<>();
        Set<String> above = new HashSet<>();
        for (FilePath path : paths) {
            wanted.add(path.text());
            for (int i = path.text().indexOf('/'); i >= 0; i = path.text().indexOf('/', i + 1)) {
                above.add(path.text().substring(0, i));
            }
        }
        Map<String, TreeEntry> found = new HashMap<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(root);
            walk.setFilter(PathFilterGroup.createFromStrings(wanted));
            while (found.size() < wanted.size() && walk.next()) {
                String path = walk.getPathString();
                if (wanted.contains(path)) {
                    found.put(path, entry(walk));
                }
                if (walk.isSubtree() && above.contains(path)) {
                    walk.enterSubtree();
                }
            }
        }
        List<TreeEntry> inOrder = new ArrayList<>();
        for (FilePath path : paths) {
            TreeEntry entry = found.get(path.text());
            if (entry != null) {
                inOrder.add(entry);
            }
        }
        return inOrder;
    }

    TreePage list(Optional<FilePath> folder, boolean recursive, String after, int limit) throws IOException {
        ObjectId top = root;
        String prefix = "";
        if (folder.isPresent()) {
            try (TreeWalk found = TreeWalk.forPath(reader, folder.get().text(), root)) {
                if (found == null || !found.isSubtree()) {
                    throw new HubException(ErrorKind.ENTRY_NOT_FOUND, "Entry not found");
                }
                top = found.getObjectId(0);
                prefix = folder.get().text() + '/';
            }
        }
        List<TreeEntry> page = new ArrayList<>();
        Cursor cursor = cursor(after, prefix);
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(top);
            while (walk.next()) {
                boolean passed = cursor.passed(walk);
                if (walk.isSubtree() && recursive && (!passed || cursor.isInside(walk))) {
                    if (!passed) {
                        if (page.size() == limit) {
                            return new TreePage(page, true);
                        }
                        page.add(entry(walk, prefix));
                    }
                    walk.enterSubtree();
                } else if (!passed) {
                    if (page.size() == limit) {
                        return new TreePage(page, true);
                    }
                    page.add(entry(walk, prefix));
                }
            }
        }
        return new TreePage(page, false);
    }

    /** Where the page before ended: everything up to there in git's order is passed over without being read. */
    private record Cursor(byte[] path, int mode) {
        boolean passed(TreeWalk walk) {
            if (path.length == 0) {
                return false;
            }
            byte[] here = walk.getRawPath();
            if (isBelow(path, here)) {
                return true; // a folder on the way to the cursor
            }
            if (FileMode.TREE.equals(mode) && isBelow(here, path)) {
                return false; // in the folder that the page before ended with
            }
            return Paths.compare(here, 0, here.length, walk.getRawMode(0), path, 0, path.length, mode) <= 0;
        }

        private static boolean isBelow(byte[] path, byte[] folder) {
            return path.length > folder.length
                    && path[folder.length] == '/'
                    && Arrays.equals(path, 0, folder.length, folder, 0, folder.length);
        }

        /** Whether the folder at {@code walk} was passed as a name, but holds what comes after the cursor. */
        boolean isInside(TreeWalk walk) {
            byte[] here = walk.getRawPath();
            return isBelow(path, here) || Arrays.equals(path, here);
        }
    }

    private Cursor cursor(String after, String prefix) throws IOException {
        if (after.isEmpty() || !after.startsWith(prefix)) {
            return new Cursor(new byte[0], 0);
        }
        byte[] path = Constants.encode(after.substring(prefix.length()));
        Optional<TreeEntry> entry = entry(new FilePath(after));
        boolean isFolder = entry.isPresent() && entry.get().directory();
        return new Cursor(path, (isFolder ? FileMode.TREE : FileMode.REGULAR_FILE).getBits());
    }

    void forEachFile(Consumer<TreeEntry> each) throws IOException {
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(root);
            walk.setRecursive(true);
            while (walk.next()) {
                each.accept(entry(walk));
            }
        }
    }

    private TreeEntry entry(TreeWalk walk) throws IOException {
        return entry(walk, "");
    }

    private TreeEntry entry(TreeWalk walk, String prefix) throws IOException {
        String path = prefix + walk.getPathString();
        ObjectId id = walk.getObjectId(0);
        GitOid oid = new GitOid(id.name());
        if (walk.isSubtree()) {
            return new TreeEntry(path, true, oid, 0, Optional.empty());
        }
        if (FileMode.GITLINK.equals(walk.getRawMode(0))) {
            return new TreeEntry(path, false, oid, 0, Optional.empty()); // another repository's commit: no bytes here
        }
        long size = reader.getObjectSize(id, Constants.OBJ_BLOB);
        Optional<LfsPointer> pointer = pointers.pointer(reader, id, size);
        return new TreeEntry(path, false, oid, pointer.map(LfsPointer::size).orElse(size), pointer);
    }
}
