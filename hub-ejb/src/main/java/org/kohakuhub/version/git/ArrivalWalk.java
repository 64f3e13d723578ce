package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
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
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.version.LfsPointer;
import org.kohakuhub.version.PushPolicy.Arrivals;

/** Looks at the files that a push brings and that no ref had before. Reads no blob that is too long for a pointer. */
final class ArrivalWalk {
    /** What is wrong is told with so many examples, not more. */
    private static final int EXAMPLES = 20;

    private final Repository repository;
    private final long tooLong;
    private final Map<String, LfsPointer> pointers = new LinkedHashMap<>();
    private final Map<String, Long> large = new LinkedHashMap<>();
    private final Map<String, String> badPaths = new LinkedHashMap<>();

    ArrivalWalk(Repository repository, long tooLong) {
        this.repository = repository;
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
                if (object.getType() == Constants.OBJ_BLOB) {
                    look(object, walk.getPathString(), reader);
                }
            }
        }
        return new Arrivals(pointers, large, badPaths);
    }

    private void look(RevObject blob, String path, ObjectReader reader) throws IOException {
        checkPath(path);
        long size = reader.getObjectSize(blob, Constants.OBJ_BLOB);
        if (size <= LfsPointer.LONGEST) {
            byte[] bytes = reader.open(blob, Constants.OBJ_BLOB).getCachedBytes(LfsPointer.LONGEST);
            Optional<LfsPointer> pointer = LfsPointer.parse(bytes);
            pointer.ifPresent(found -> pointers.put(path, found));
        } else if (size >= tooLong && large.size() < EXAMPLES) {
            large.put(path, size);
        }
    }

    private void checkPath(String path) {
        try {
            new FilePath(path);
        } catch (HubException refusal) {
            if (badPaths.size() < EXAMPLES) {
                badPaths.put(path, refusal.sentence());
            }
        }
    }
}
