package org.kohakuhub.version.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffConfig;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.errors.StopWalkException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.version.FileChange;
import org.kohakuhub.version.LfsPointer;
import org.kohakuhub.version.VersionStore.ChangePage;

/** Compares the trees of two commits, a page at a time. */
final class DiffReader {
    /** Files of more bytes are not compared by lines. */
    private static final int LONGEST_FILE = 512 << 10;

    /** The lines of one file, and of a page, in bytes; what is longer is left out. */
    private static final int LONGEST_DIFF = 128 << 10;

    private static final int LONGEST_PAGE = 2 << 20;

    private final SqlRepository repository;
    private final ObjectReader reader;

    DiffReader(SqlRepository repository, ObjectReader reader) {
        this.repository = repository;
        this.reader = reader;
    }

    /**
     * What changed, by path.
     *
     * @param from empty to compare with nothing
     * @param after the path of the page before's last change; empty for the first page
     */
    ChangePage changes(Optional<GitOid> from, GitOid to, String after, int limit) throws IOException {
        Page page = new Page(after, limit);
        List<DiffEntry> entries;
        try (RevWalk commits = new RevWalk(reader);
                TreeWalk walk = new TreeWalk(reader)) {
            if (from.isPresent()) {
                walk.addTree(commits.parseCommit(id(from.get())).getTree());
            } else {
                walk.addTree(new EmptyTreeIterator());
            }
            walk.addTree(commits.parseCommit(id(to)).getTree());
            walk.setRecursive(true);
            walk.setFilter(AndTreeFilter.create(TreeFilter.ANY_DIFF, page));
            entries = DiffEntry.scan(walk);
        }
        if (!page.more && after.isEmpty()) {
            entries = withRenames(entries); // a file may have moved from one page to another: only all of them tell
        }
        return new ChangePage(described(entries), page.more);
    }

    private List<DiffEntry> withRenames(List<DiffEntry> entries) throws IOException {
        RenameDetector renames =
                new RenameDetector(reader, repository.getConfig().get(DiffConfig.KEY));
        renames.addAll(entries);
        return renames.compute().stream()
                .sorted(Comparator.comparing(DiffReader::path))
                .toList();
    }

    private List<FileChange> described(List<DiffEntry> entries) throws IOException {
        List<FileChange> changes = new ArrayList<>();
        int shown = 0;
        for (DiffEntry entry :
                entries.stream().sorted(Comparator.comparing(DiffReader::path)).toList()) {
            Optional<FileChange.Side> before = side(entry.getOldMode(), entry.getOldId());
            Optional<FileChange.Side> next = side(entry.getNewMode(), entry.getNewId());
            Optional<String> diff =
                    shown < LONGEST_PAGE && isShown(before) && isShown(next) ? lines(entry) : Optional.empty();
            shown += diff.map(String::length).orElse(0);
            boolean moved = entry.getChangeType() == ChangeType.RENAME || entry.getChangeType() == ChangeType.COPY;
            changes.add(new FileChange(
                    path(entry), before, next, moved ? Optional.of(entry.getOldPath()) : Optional.empty(), diff));
        }
        return changes;
    }

    private static String path(DiffEntry entry) {
        return entry.getChangeType() == ChangeType.DELETE ? entry.getOldPath() : entry.getNewPath();
    }

    private Optional<FileChange.Side> side(FileMode mode, AbbreviatedObjectId id) throws IOException {
        if (FileMode.MISSING.equals(mode)) {
            return Optional.empty();
        }
        ObjectId oid = id.toObjectId();
        if (FileMode.GITLINK.equals(mode)) {
            return Optional.of(new FileChange.Side(new GitOid(oid.name()), 0, Optional.empty()));
        }
        long size = reader.getObjectSize(oid, Constants.OBJ_BLOB);
        Optional<LfsPointer> pointer = size > LfsPointer.LONGEST
                ? Optional.empty()
                : LfsPointer.parse(reader.open(oid, Constants.OBJ_BLOB).getCachedBytes(LfsPointer.LONGEST));
        return Optional.of(new FileChange.Side(
                new GitOid(oid.name()), pointer.map(LfsPointer::size).orElse(size), pointer));
    }

    private static boolean isShown(Optional<FileChange.Side> side) {
        return side.isEmpty() || side.get().lfs().isEmpty() && side.get().size() <= LONGEST_FILE;
    }

    private Optional<String> lines(DiffEntry entry) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(text)) {
            formatter.setReader(reader, repository.getConfig());
            formatter.setBinaryFileThreshold(LONGEST_FILE);
            formatter.format(entry);
        }
        String lines = text.toString(StandardCharsets.UTF_8);
        boolean binary = lines.contains("\nBinary files ") || lines.contains("\nGIT binary patch");
        return binary || lines.length() > LONGEST_DIFF ? Optional.empty() : Optional.of(lines);
    }

    private static ObjectId id(GitOid oid) {
        return ObjectId.fromString(oid.hex());
    }

    /** Lets pass what belongs to the page, and ends the walk behind it. */
    private static final class Page extends TreeFilter {
        private final byte[] after;
        private final int limit;
        private int passed;
        private boolean more;

        Page(String after, int limit) {
            this.after = after.getBytes(StandardCharsets.UTF_8);
            this.limit = limit;
        }

        @Override
        public boolean include(TreeWalk walk) throws StopWalkException {
            if (walk.isSubtree()) {
                return true;
            }
            if (Arrays.compareUnsigned(walk.getRawPath(), after) <= 0) { // git's own order, also beyond the basic plane
                return false;
            }
            if (passed == limit) {
                more = true;
                throw StopWalkException.INSTANCE;
            }
            passed++;
            return true;
        }

        @Override
        public boolean shouldBeRecursive() {
            return true;
        }

        @Override
        public TreeFilter clone() {
            return this;
        }
    }
}
