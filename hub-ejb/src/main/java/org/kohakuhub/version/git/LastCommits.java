package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.internal.storage.commitgraph.ChangedPathFilter;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Finds which commit changed a path last, for many paths at once, as {@code git log -1 -- path} does: from a commit it goes
 * on to the first parent that has the same there, and the commit where no parent has is the one. So the answer for a path
 * at a commit is, unless that commit is the answer itself, the answer at one of its parents: what is already known of a
 * commit can be taken from there, exactly, and whatever the commits' dates say.
 */
final class LastCommits {
    private final ObjectReader reader;
    private final RevWalk commits;
    private final Map<ObjectId, Map<String, ObjectId>> known;
    private final Map<String, ObjectId> found = new HashMap<>();

    /** The newest first, so that ways that part at a merge are one again where they meet. */
    private final PriorityQueue<RevCommit> next = new PriorityQueue<>(
            Comparator.comparingInt(RevCommit::getCommitTime).reversed());

    private final Map<RevCommit, PathGroup> groups = new HashMap<>();
    private int steps;

    /**
     * Prepares a search.
     *
     * @param known answers by the commit that they hold for, from earlier searches
     */
    LastCommits(ObjectReader reader, RevWalk commits, Map<ObjectId, Map<String, ObjectId>> known) {
        this.reader = reader;
        this.commits = commits;
        this.known = known;
    }

    /** The commits of the paths that exist at {@code from}; each must. */
    Map<String, ObjectId> find(ObjectId from, Collection<String> paths) throws IOException {
        arrive(commits.parseCommit(from), new PathGroup(new TreeSet<>(paths)));
        while (!next.isEmpty()) {
            RevCommit at = next.poll();
            step(at, groups.remove(at));
        }
        return found;
    }

    /** How many commits were looked at. */
    int steps() {
        return steps;
    }

    private void arrive(RevCommit at, PathGroup group) throws IOException {
        commits.parseHeaders(at);
        Map<String, ObjectId> answers = known.get(at);
        if (answers != null) {
            group.paths().stream().filter(answers::containsKey).forEach(path -> found.put(path, answers.get(path)));
            group = group.without(answers.keySet());
        }
        if (group.paths().isEmpty()) {
            return;
        }
        PathGroup there = groups.get(at);
        if (there == null) {
            next.add(at);
            groups.put(at, group);
        } else {
            groups.put(at, there.with(group));
        }
    }

    private void step(RevCommit at, PathGroup group) throws IOException {
        steps++;
        int parents = at.getParentCount();
        if (parents == 0) {
            group.paths().forEach(path -> found.put(path, at));
            return;
        }
        ChangedPathFilter changes = at.getChangedPathFilter(commits); // tells of the first parent
        PathGroup suspects = changes == null ? group : group.suspects(changes);
        List<Set<String>> elsewhere = new ArrayList<>();
        for (int parent = 1; parent < parents; parent++) {
            elsewhere.add(new TreeSet<>());
        }
        Set<String> gone = suspects.paths().isEmpty() ? Set.of() : compare(at, suspects, elsewhere);
        arrive(at.getParent(0), group.without(gone));
        for (int parent = 1; parent < parents; parent++) {
            if (!elsewhere.get(parent - 1).isEmpty()) {
                arrive(at.getParent(parent), new PathGroup(elsewhere.get(parent - 1)));
            }
        }
    }

    /**
     * Compares a commit with its parents where these paths lead.
     *
     * @param elsewhere is given, for each parent but the first, the paths that go on there
     * @return those that do not go on at the first parent
     */
    private Set<String> compare(RevCommit at, PathGroup group, List<Set<String>> elsewhere) throws IOException {
        Set<String> gone = new TreeSet<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(at.getTree());
            for (RevCommit parent : at.getParents()) {
                commits.parseHeaders(parent);
                walk.addTree(parent.getTree());
            }
            walk.setFilter(AndTreeFilter.create(group.filter(), TreeFilter.ANY_DIFF));
            while (walk.next()) {
                String path = walk.getPathString();
                if (group.paths().contains(path) && walk.getRawMode(0) != 0) {
                    int parent = firstAlike(walk);
                    if (parent < 0) {
                        found.put(path, at);
                        gone.add(path);
                    } else if (parent > 0) {
                        elsewhere.get(parent - 1).add(path);
                        gone.add(path);
                    }
                }
                if (walk.isSubtree() && group.leadsBelow(path)) {
                    walk.enterSubtree();
                }
            }
        }
        return gone;
    }

    /** Which parent has the same here; -1: none. */
    private static int firstAlike(TreeWalk walk) {
        for (int tree = 1; tree < walk.getTreeCount(); tree++) {
            if (walk.getRawMode(0) == walk.getRawMode(tree) && walk.idEqual(0, tree)) {
                return tree - 1;
            }
        }
        return -1;
    }
}
