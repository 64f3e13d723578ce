package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.WantNotValidException;

/**
 * Lets fetch whatever some ref leads to, and nothing else. JGit's own check knows commits; of the files and folders that a
 * partial clone fetches later it finds those of the newest commits alone, unless the repository was repacked since.
 */
final class ReachableObjects implements UploadPack.RequestValidator {
    private final UploadPack.RequestValidator quick = new UploadPack.ReachableCommitRequestValidator();
    private final Repository repository;

    ReachableObjects(Repository repository) {
        this.repository = repository;
    }

    @Override
    public void checkWants(UploadPack upload, List<ObjectId> wants) throws PackProtocolException, IOException {
        try {
            quick.checkWants(upload, wants);
        } catch (WantNotValidException perhaps) {
            List<ObjectId> commits = new ArrayList<>();
            Set<ObjectId> others = new HashSet<>();
            try (ObjectWalk walk = new ObjectWalk(repository)) {
                for (ObjectId want : wants) {
                    RevObject object = parse(walk, want);
                    if (object instanceof RevCommit) {
                        commits.add(want);
                    } else {
                        others.add(want.copy());
                    }
                }
            }
            if (!commits.isEmpty()) {
                quick.checkWants(upload, commits);
            }
            find(upload, others);
        }
    }

    private static RevObject parse(ObjectWalk walk, ObjectId want) throws IOException {
        try {
            return walk.parseAny(want);
        } catch (MissingObjectException missing) {
            throw new WantNotValidException(want, missing);
        }
    }

    /** From the newest commit on, until all are found: what is asked for is mostly not old. */
    private void find(UploadPack upload, Set<ObjectId> wanted) throws IOException {
        try (ObjectWalk walk = new ObjectWalk(repository)) {
            walk.setRetainBody(false);
            for (Ref ref : upload.getAdvertisedRefs().values()) {
                if (ref.getObjectId() != null) {
                    walk.markStart(walk.parseAny(ref.getObjectId()));
                }
            }
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                continue; // their trees come after them
            }
            while (!wanted.isEmpty()) {
                RevObject object = walk.nextObject();
                if (object == null) {
                    throw new WantNotValidException(wanted.iterator().next());
                }
                wanted.remove(object);
            }
        }
    }
}
