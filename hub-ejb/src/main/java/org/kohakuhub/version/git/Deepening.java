package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** What JGit does not know, or knows wrongly, of clones whose shallow history is to reach further back. */
final class Deepening {
    private Deepening() {}

    /**
     * How deep a history is that reaches some commits further than where a client's ends. Where its ends are not equally
     * far from what it wants, the farthest counts: it may get more than it asked for, but no less.
     */
    static int depth(Repository repository, List<String> wants, List<String> shallows, int by) throws IOException {
        Set<ObjectId> ends = new HashSet<>();
        shallows.forEach(id -> ends.add(ObjectId.fromString(id)));
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            Set<RevCommit> seen = new HashSet<>();
            List<RevCommit> level = tips(walk, wants, seen);
            int farthest = 0;
            for (int depth = 1; !level.isEmpty() && !ends.isEmpty(); depth++) {
                for (RevCommit commit : level) {
                    if (ends.remove(commit)) {
                        farthest = depth;
                    }
                }
                level = parents(walk, level, seen);
            }
            return Math.max(1, (int) Math.min(Integer.MAX_VALUE, (long) farthest + by));
        }
    }

    /**
     * The last commits of a history that is so deep. JGit counts from a commit that is shallow no longer as if it were
     * above all others, and sends nearly twice the depth; in a repository that ends at these there is nothing more to
     * send. None where something is wanted to which no ref points: whether it may be, the whole history has to tell.
     */
    static Set<ObjectId> ends(Repository repository, List<String> wants, int depth) throws IOException {
        Set<String> named = new HashSet<>();
        for (Ref ref : repository.getRefDatabase().getRefs()) {
            if (ref.getObjectId() != null) {
                named.add(ref.getObjectId().name());
            }
        }
        if (!named.containsAll(wants)) {
            return Set.of();
        }
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            Set<RevCommit> seen = new HashSet<>();
            List<RevCommit> level = tips(walk, wants, seen);
            for (int above = 1; above < depth && !level.isEmpty(); above++) {
                level = parents(walk, level, seen);
            }
            return level.stream().map(ObjectId::copy).collect(Collectors.toSet());
        }
    }

    private static List<RevCommit> parents(RevWalk walk, List<RevCommit> level, Set<RevCommit> seen)
            throws IOException {
        List<RevCommit> next = new ArrayList<>();
        for (RevCommit commit : level) {
            for (RevCommit parent : commit.getParents()) {
                if (seen.add(parent)) {
                    walk.parseHeaders(parent);
                    next.add(parent);
                }
            }
        }
        return next;
    }

    private static List<RevCommit> tips(RevWalk walk, List<String> wants, Set<RevCommit> seen) throws IOException {
        List<RevCommit> tips = new ArrayList<>();
        for (String want : wants) {
            tip(walk, want, seen, tips);
        }
        return tips;
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
