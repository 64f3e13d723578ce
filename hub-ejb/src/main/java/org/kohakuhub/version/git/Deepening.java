package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * How deep a history is that reaches some commits further than where a client's ends. Where its ends are not equally far
 * from what it wants, the farthest counts: it may get more than it asked for, but no less.
 */
final class Deepening {
    private Deepening() {}

    static int depth(Repository repository, List<String> wants, List<String> shallows, int by) throws IOException {
        Set<ObjectId> ends = new HashSet<>();
        shallows.forEach(id -> ends.add(ObjectId.fromString(id)));
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            Set<RevCommit> seen = new HashSet<>();
            List<RevCommit> level = new ArrayList<>();
            for (String want : wants) {
                tip(walk, want, seen, level);
            }
            int farthest = 0;
            for (int depth = 1; !level.isEmpty() && !ends.isEmpty(); depth++) {
                List<RevCommit> next = new ArrayList<>();
                for (RevCommit commit : level) {
                    if (ends.remove(commit)) {
                        farthest = depth;
                    }
                    for (RevCommit parent : commit.getParents()) {
                        if (seen.add(parent)) {
                            walk.parseHeaders(parent);
                            next.add(parent);
                        }
                    }
                }
                level = next;
            }
            return Math.max(1, (int) Math.min(Integer.MAX_VALUE, (long) farthest + by));
        }
    }

    private static void tip(RevWalk walk, String want, Set<RevCommit> seen, List<RevCommit> level) throws IOException {
        try {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(want));
            if (seen.add(commit)) {
                level.add(commit);
            }
        } catch (MissingObjectException | IncorrectObjectTypeException unknown) {
            // whether it may be wanted is judged elsewhere; it has no history here
        }
    }
}
