package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/**
 * Edits a tree by path. Only the folders on the way to a changed path are read and written again, so a commit costs what
 * it changes, however large the repository is. For one thread.
 */
final class TreeEditor {
    private final ObjectReader reader;
    private final Folder root;

    /**
     * @param tree the tree to begin with; null for an empty one
     */
    TreeEditor(ObjectReader reader, ObjectId tree) throws IOException {
        this.reader = reader;
        this.root = new Folder(tree);
    }

    /** A name in a folder: a blob or tree by id, or a folder that was opened. */
    private record Item(FileMode mode, ObjectId id, Folder folder) {
        boolean isFolder() {
            return FileMode.TREE.equals(mode);
        }
    }

    private final class Folder {
        final Map<String, Item> items = new HashMap<>();
        ObjectId unchanged;

        Folder(ObjectId tree) throws IOException {
            unchanged = tree;
            if (tree == null) {
                return;
            }
            CanonicalTreeParser parser = new CanonicalTreeParser(null, reader, tree);
            while (!parser.eof()) {
                items.put(
                        parser.getEntryPathString(),
                        new Item(parser.getEntryFileMode(), parser.getEntryObjectId(), null));
                parser.next(1);
            }
        }

        /** The folder of this name, opened; null if there is none. */
        Folder open(String name) throws IOException {
            Item item = items.get(name);
            if (item == null || !item.isFolder()) {
                return null;
            }
            if (item.folder != null) {
                return item.folder;
            }
            Folder opened = new Folder(item.id);
            items.put(name, new Item(FileMode.TREE, null, opened));
            return opened;
        }

        Folder make(String name) throws IOException {
            Folder made = new Folder(null);
            items.put(name, new Item(FileMode.TREE, null, made));
            return made;
        }
    }

    /** What is at a path: mode and id of a blob or of a folder that nothing has changed. */
    record Found(FileMode mode, ObjectId id) {}

    /** Puts a blob or tree at a path and makes the folders above it. */
    void put(FilePath path, FileMode mode, ObjectId id) throws IOException {
        String[] names = path.text().split("/");
        Folder folder = root;
        List<Folder> way = new ArrayList<>(List.of(root));
        for (int i = 0; i < names.length - 1; i++) {
            Folder next = folder.open(names[i]);
            if (next == null) {
                if (folder.items.containsKey(names[i])) {
                    throw new HubException(
                            ErrorKind.UNPROCESSABLE,
                            "Invalid path in repository, it lies below a file: " + Text.shown(path.text()));
                }
                next = folder.make(names[i]);
            }
            folder = next;
            way.add(folder);
        }
        String name = names[names.length - 1];
        Item old = folder.items.get(name);
        if (old != null && old.isFolder() != FileMode.TREE.equals(mode)) {
            throw new HubException(
                    ErrorKind.UNPROCESSABLE,
                    "Invalid path in repository, it is already a " + (old.isFolder() ? "folder" : "file") + ": "
                            + Text.shown(path.text()));
        }
        FileMode kept = old != null && FileMode.EXECUTABLE_FILE.equals(old.mode) && FileMode.REGULAR_FILE.equals(mode)
                ? FileMode.EXECUTABLE_FILE
                : mode;
        if (old != null && old.folder == null && old.mode.equals(kept) && id.equals(old.id)) {
            return;
        }
        folder.items.put(name, new Item(kept, id, null));
        way.forEach(changed -> changed.unchanged = null);
    }

    /**
     * Removes a file or a folder.
     *
     * @throws HubException ENTRY_NOT_FOUND if there is none
     */
    void remove(FilePath path, boolean wantFolder) throws IOException {
        String[] names = path.text().split("/");
        List<Folder> way = new ArrayList<>(List.of(root));
        Folder folder = root;
        for (int i = 0; i < names.length - 1; i++) {
            folder = folder.open(names[i]);
            if (folder == null) {
                throw missing(path, wantFolder);
            }
            way.add(folder);
        }
        Item old = folder.items.get(names[names.length - 1]);
        if (old == null || old.isFolder() != wantFolder) {
            throw missing(path, wantFolder);
        }
        folder.items.remove(names[names.length - 1]);
        way.forEach(changed -> changed.unchanged = null);
        for (int i = way.size() - 1; i > 0 && way.get(i).items.isEmpty(); i--) {
            way.get(i - 1).items.remove(names[i - 1]); // git knows no empty folder
        }
    }

    private static HubException missing(FilePath path, boolean folder) {
        return new HubException(
                ErrorKind.ENTRY_NOT_FOUND,
                (folder ? "Folder" : "File") + " to delete does not exist: " + Text.shown(path.text()));
    }

    /** What is at a path now, with the changes so far. */
    Optional<Found> find(FilePath path, ObjectInserter inserter) throws IOException {
        String[] names = path.text().split("/");
        Folder folder = root;
        for (int i = 0; i < names.length - 1 && folder != null; i++) {
            folder = folder.open(names[i]);
        }
        Item item = folder == null ? null : folder.items.get(names[names.length - 1]);
        if (item == null) {
            return Optional.empty();
        }
        return Optional.of(new Found(item.mode, item.folder == null ? item.id : write(item.folder, inserter)));
    }

    /** Writes the changed folders and gives the root tree's id. */
    ObjectId write(ObjectInserter inserter) throws IOException {
        return write(root, inserter);
    }

    private ObjectId write(Folder folder, ObjectInserter inserter) throws IOException {
        if (folder.unchanged != null) {
            return folder.unchanged;
        }
        record Line(byte[] name, FileMode mode, ObjectId id) {}
        List<Map.Entry<String, Item>> entries = new ArrayList<>(folder.items.entrySet());
        // git sorts folders as if their names ended in a slash, by unsigned bytes
        List<Line> lines = new ArrayList<>(entries.size());
        for (var entry : entries) {
            Item item = entry.getValue();
            ObjectId id = item.folder == null ? item.id : write(item.folder, inserter);
            lines.add(new Line(Constants.encode(entry.getKey()), item.mode, id));
        }
        lines.sort(
                Comparator.comparing(line -> line, (a, b) -> compare(a.name, isTree(a.mode), b.name, isTree(b.mode))));
        TreeFormatter formatter = new TreeFormatter(lines.size() * 48 + 16);
        for (Line line : lines) {
            formatter.append(line.name, line.mode, line.id);
        }
        folder.unchanged = inserter.insert(formatter);
        return folder.unchanged;
    }

    private static boolean isTree(FileMode mode) {
        return FileMode.TREE.equals(mode);
    }

    private static int compare(byte[] a, boolean aFolder, byte[] b, boolean bFolder) {
        int common = Math.min(a.length, b.length);
        for (int i = 0; i < common; i++) {
            int difference = (a[i] & 0xff) - (b[i] & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        int endA = a.length > common ? a[common] & 0xff : aFolder ? '/' : 0;
        int endB = b.length > common ? b[common] & 0xff : bFolder ? '/' : 0;
        return endA - endB;
    }
}
