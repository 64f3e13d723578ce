package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.kohakuhub.version.LfsPointer;
import org.kohakuhub.version.PushPolicy.Arrivals;
import org.kohakuhub.version.PushPolicy.NewPointer;
import org.kohakuhub.version.git.ArrivalChecker.Seen;

/**
 * Looks at the files that a push brings and that no ref had before. Reads no blob that is too long for a pointer, and fails
 * if any object is missing: that makes it the check of connectivity as well.
 */
final class ArrivalWalk {
    /** What is wrong is told with so many examples, not more. */
    private static final int EXAMPLES = 20;

    /** Below so many characters of a path only its names can be wrong. */
    static final int SURELY_SHORT = 1000;

    private final Repository repository;
    private final long tooLong;
    private final List<NewPointer> pointers = new ArrayList<>();
    private final Map<String, Long> large = new LinkedHashMap<>();
    private final Map<String, String> badPaths = new LinkedHashMap<>();
    private final ArrivalNames names = new ArrivalNames();
    private final ArrivalChecker checked;

    /**
     * @param tooLong from so many bytes on a file is told of
     * @param checked what is known of the pack that came
     */
    ArrivalWalk(Repository repository, long tooLong, ArrivalChecker checked) {
        this.repository = repository;
        this.checked = checked;
        this.tooLong = tooLong;
    }

    /** All that is new at these tips. */
    Arrivals at(Collection<ObjectId> tips) throws IOException {
        try (ObjectWalk walk = new ObjectWalk(repository)) {
            walk.setRetainBody(false);
            for (ObjectId tip : tips) {
                walk.markStart(walk.parseAny(tip));
            }
            for (Ref ref : repository.getRefDatabase().getRefs()) {
                if (ref.getObjectId() != null) {
                    walk.markUninteresting(walk.parseAny(ref.getObjectId()));
                }
            }
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                continue; // the trees are gathered on the way
            }
            ObjectReader reader = walk.getObjectReader();
            for (RevObject object = walk.nextObject(); object != null; object = walk.nextObject()) {
                String path = walk.getPathString(); // null for what a tag or a commit leads to without a name
                if (object.getType() == Constants.OBJ_BLOB) {
                    look(object, path == null ? object.name() : path, reader);
                } else if (object.getType() == Constants.OBJ_TREE) {
                    checkNames(object, path == null || path.isEmpty() ? "" : path + '/', reader);
                }
            }
        }
        return new Arrivals(pointers, large, badPaths);
    }

    private void look(RevObject blob, String path, ObjectReader reader) throws IOException {
        Optional<Seen> seen = checked.find(blob);
        long size = seen.isPresent() ? seen.get().size() : reader.getObjectSize(blob, Constants.OBJ_BLOB);
        if (size <= LfsPointer.LONGEST) {
            Optional<LfsPointer> pointer = seen.isPresent()
                    ? seen.get().pointer()
                    : LfsPointer.parse(reader.open(blob, Constants.OBJ_BLOB).getCachedBytes(LfsPointer.LONGEST));
            pointer.ifPresent(found -> pointers.add(new NewPointer(path, found)));
        } else if (size >= tooLong && large.size() < EXAMPLES) {
            large.put(path, size);
        }
    }

    /** A new tree may give a bad name to what is not new. */
    private void checkNames(RevObject tree, String folder, ObjectReader reader) throws IOException {
        Optional<Seen> seen = checked.find(tree);
        if (seen.isPresent()
                && folder.length() < SURELY_SHORT - (long) seen.get().longestName()) {
            return;
        }
        CanonicalTreeParser entries = new CanonicalTreeParser(null, reader, tree);
        for (; !entries.eof(); entries.next(1)) {
            String name = entries.getEntryPathString();
            if (folder.length() + name.length() < SURELY_SHORT
                    && names.objection(name).isEmpty()) {
                continue;
            }
            if (badPaths.size() < EXAMPLES) {
                ArrivalNames.objection(folder, name).ifPresent(reason -> badPaths.put(folder + name, reason));
            }
        }
    }
}
