package org.kohakuhub.version.git;

import java.io.IOException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.version.HistoryEdits.Preference;
import org.kohakuhub.version.git.GitHistoryEdits.Edit;

/** Merges whole files: of those that both sides changed one side's version counts. So there are no conflicts. */
final class TreeMerge {
    private static final int BASE = 0;
    private static final int OURS = 1;
    private static final int THEIRS = 2;

    private TreeMerge() {}

    static ObjectId preferring(Preference preference, Edit edit, RevCommit ours, RevCommit theirs) throws IOException {
        ObjectReader reader = edit.walk().getObjectReader();
        TreeEditor result = new TreeEditor(reader, ours.getTree());
        try (TreeWalk files = new TreeWalk(reader)) {
            RevCommit base = base(edit, ours, theirs);
            if (base == null) {
                files.addTree(new EmptyTreeIterator());
            } else {
                files.addTree(base.getTree());
            }
            files.addTree(ours.getTree());
            files.addTree(theirs.getTree());
            files.setFilter(TreeFilter.ANY_DIFF);
            files.setRecursive(true);
            while (files.next()) {
                boolean theirsChanged = !same(files, BASE, THEIRS);
                boolean oursChanged = !same(files, BASE, OURS);
                if (theirsChanged && (preference == Preference.SOURCE || !oursChanged)) {
                    take(files, result);
                }
            }
        }
        return result.write(edit.inserter());
    }

    private static boolean same(TreeWalk files, int one, int other) {
        return files.getRawMode(one) == files.getRawMode(other) && files.idEqual(one, other);
    }

    private static void take(TreeWalk files, TreeEditor result) throws IOException {
        FilePath path = new FilePath(files.getPathString());
        FileMode mode = files.getFileMode(THEIRS);
        if (!FileMode.MISSING.equals(mode)) {
            result.put(path, mode, files.getObjectId(THEIRS));
        } else if (!FileMode.MISSING.equals(files.getFileMode(OURS))) {
            result.remove(path, false);
        }
    }

    private static RevCommit base(Edit edit, RevCommit ours, RevCommit theirs) throws IOException {
        try (RevWalk bases = new RevWalk(edit.walk().getObjectReader())) {
            bases.setRevFilter(RevFilter.MERGE_BASE);
            bases.markStart(bases.parseCommit(ours));
            bases.markStart(bases.parseCommit(theirs));
            RevCommit base = bases.next();
            return base == null ? null : bases.parseCommit(base);
        }
    }
}
