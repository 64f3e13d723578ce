package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;
import org.kohakuhub.version.LfsPointer;
import org.kohakuhub.version.PushPolicy.Arrivals;
import org.kohakuhub.version.PushPolicy.NewPointer;

/** Looks at the files that a push brings and that no ref had before. Reads no blob that is too long for a pointer. */
final class ArrivalWalk {
    /** What is wrong is told with so many examples, not more. */
    private static final int EXAMPLES = 20;

    /** A name that was checked once is not checked again, if the path as a whole has no more characters than these. */
    private static final int SURELY_SHORT = 1000;

    private static final int REMEMBERED = 100_000;

    private static final String MODULES = ".gitmodules";

    /** Zero-width characters anywhere, a data stream's name, dots and spaces at the end. */
    private static final Pattern IGNORED = Pattern.compile("\\p{Cf}|:.*|[. ]+(?=$|:)");

    /** The names of eight characters that NTFS may give to it. */
    private static final Pattern SHORT_MODULES = Pattern.compile("gitmod~[1-4]|gi7eba~[1-9]");

    private final Repository repository;
    private final long tooLong;
    private final List<NewPointer> pointers = new ArrayList<>();
    private final Map<String, Long> large = new LinkedHashMap<>();
    private final Map<String, String> badPaths = new LinkedHashMap<>();
    private final Set<String> fineNames = new HashSet<>();

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
        long size = reader.getObjectSize(blob, Constants.OBJ_BLOB);
        if (size <= LfsPointer.LONGEST) {
            byte[] bytes = reader.open(blob, Constants.OBJ_BLOB).getCachedBytes(LfsPointer.LONGEST);
            Optional<LfsPointer> pointer = LfsPointer.parse(bytes);
            pointer.ifPresent(found -> pointers.add(new NewPointer(path, found)));
        } else if (size >= tooLong && large.size() < EXAMPLES) {
            large.put(path, size);
        }
    }

    /** A new tree may give a bad name to what is not new. */
    private void checkNames(RevObject tree, String folder, ObjectReader reader) throws IOException {
        CanonicalTreeParser entries = new CanonicalTreeParser(null, reader, tree);
        for (; !entries.eof(); entries.next(1)) {
            String name = entries.getEntryPathString();
            if (fineNames.contains(name) && folder.length() + name.length() < SURELY_SHORT) {
                continue; // a folder with many files is new with each of its changes
            }
            checkPath(folder + name);
            if (isDisguisedModules(name) && badPaths.size() < EXAMPLES) {
                badPaths.put(folder + name, "A file may not pass for .gitmodules: " + Text.shown(folder + name));
            }
            if (fineNames.size() < REMEMBERED) {
                fineNames.add(name);
            }
        }
    }

    /** What HFS+ and NTFS take for .gitmodules, so that its content would not have been checked (git's fsck, CVE-2018-11235). */
    private static boolean isDisguisedModules(String name) {
        if (name.equals(MODULES)) {
            return false;
        }
        String folded = IGNORED.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
        return folded.equals(MODULES) || SHORT_MODULES.matcher(folded).matches();
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
