package org.kohakuhub.version.git;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.kohakuhub.version.LfsPointer;

/** Remembers which small blobs are git-lfs pointers. A blob's id fixes its content, so nothing here can be stale. */
@ApplicationScoped
class PointerCache {
    private static final int CAPACITY = 50_000;
    /** "version https://git-lfs.github.com/spec/v1", an oid line and a size line. */
    private static final int SHORTEST = 100;

    private final Map<ObjectId, Optional<LfsPointer>> known = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectId, Optional<LfsPointer>> eldest) {
            return size() > CAPACITY;
        }
    };

    /** The pointer that a blob of {@code size} bytes is, if it is one. */
    Optional<LfsPointer> pointer(ObjectReader reader, ObjectId blob, long size) throws IOException {
        if (size < SHORTEST || size > LfsPointer.LONGEST) {
            return Optional.empty();
        }
        synchronized (known) {
            Optional<LfsPointer> remembered = known.get(blob);
            if (remembered != null) {
                return remembered;
            }
        }
        Optional<LfsPointer> read =
                LfsPointer.parse(reader.open(blob, Constants.OBJ_BLOB).getCachedBytes(LfsPointer.LONGEST));
        synchronized (known) {
            known.put(blob.copy(), read);
        }
        return read;
    }
}
