package org.kohakuhub.version.git;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.version.CommitRecord;

/** Reads the commits behind a commit. */
final class History {
    private final ObjectReader reader;

    History(ObjectReader reader) {
        this.reader = reader;
    }

    List<CommitRecord> log(GitOid from, int skip, int limit) throws IOException {
        List<CommitRecord> page = new ArrayList<>();
        try (RevWalk walk = new RevWalk(reader)) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(from.hex())));
            int passed = 0;
            for (RevCommit commit = walk.next(); commit != null && page.size() < limit; commit = walk.next()) {
                if (passed++ >= skip) {
                    page.add(record(commit));
                }
            }
        }
        return page;
    }

    /** The newest {@code limit} commits behind {@code to} that are not behind {@code from}, oldest first. */
    List<CommitRecord> between(GitOid from, GitOid to, int limit) throws IOException {
        List<CommitRecord> found = new ArrayList<>();
        try (RevWalk walk = new RevWalk(reader)) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(to.hex())));
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(from.hex())));
            for (RevCommit commit = walk.next(); commit != null && found.size() < limit; commit = walk.next()) {
                found.add(record(commit));
            }
        }
        Collections.reverse(found);
        return found;
    }

    /** The newest commit behind both. */
    Optional<GitOid> mergeBase(GitOid one, GitOid other) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(ObjectId.fromString(one.hex())));
            walk.markStart(walk.parseCommit(ObjectId.fromString(other.hex())));
            return Optional.ofNullable(walk.next()).map(base -> new GitOid(base.name()));
        }
    }

    /**
     * Walks back from {@code from} and compares each commit's tree with its parents', only where the paths lead: a
     * commit is a path's last one if no parent has the same there (as {@code git log -1 -- path}).
     */
    Map<String, CommitRecord> last(GitOid from, Collection<String> paths) throws IOException {
        Map<String, CommitRecord> found = new HashMap<>();
        Set<String> open = new HashSet<>(paths);
        try (RevWalk walk = new RevWalk(reader)) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(from.hex())));
            for (RevCommit commit = walk.next(); commit != null && !open.isEmpty(); commit = walk.next()) {
                for (String path : changed(walk, commit, open)) {
                    found.put(path, record(commit));
                    open.remove(path);
                }
            }
        }
        return found;
    }

    private List<String> changed(RevWalk commits, RevCommit commit, Set<String> open) throws IOException {
        List<String> changed = new ArrayList<>();
        Set<String> above = new HashSet<>();
        for (String path : open) {
            for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
                above.add(path.substring(0, i));
            }
        }
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(commit.getTree());
            for (RevCommit parent : commit.getParents()) {
                commits.parseHeaders(parent);
                walk.addTree(parent.getTree());
            }
            TreeFilter wanted = PathFilterGroup.createFromStrings(open);
            walk.setFilter(commit.getParentCount() == 0 ? wanted : AndTreeFilter.create(wanted, TreeFilter.ANY_DIFF));
            while (walk.next()) {
                String path = walk.getPathString();
                if (open.contains(path) && walk.getRawMode(0) != 0 && differsFromAllParents(walk)) {
                    changed.add(path);
                }
                if (walk.isSubtree() && above.contains(path)) {
                    walk.enterSubtree();
                }
            }
        }
        return changed;
    }

    private static boolean differsFromAllParents(TreeWalk walk) {
        for (int parent = 1; parent < walk.getTreeCount(); parent++) {
            if (walk.idEqual(0, parent) && walk.getRawMode(0) == walk.getRawMode(parent)) {
                return false;
            }
        }
        return true;
    }

    private static CommitRecord record(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent();
        String whole = commit.getFullMessage().strip();
        int end = whole.indexOf('\n');
        return new CommitRecord(
                new GitOid(commit.name()),
                Arrays.stream(commit.getParents())
                        .map(parent -> new GitOid(parent.name()))
                        .toList(),
                end < 0 ? whole : whole.substring(0, end).strip(),
                end < 0 ? "" : whole.substring(end + 1).strip(),
                author.getName(),
                author.getEmailAddress(),
                Instant.ofEpochSecond(commit.getCommitTime()));
    }
}
