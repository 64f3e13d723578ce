package org.kohakuhub.version.git;

import java.io.IOException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.BlobObjectChecker;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.MutableObjectId;
import org.eclipse.jgit.util.sha1.SHA1;

/**
 * Names objects that arrive, and checks them. The hash looks for the marks of a forged collision as it goes, so an object
 * of a known name needs no comparison byte by byte. For one thread at a time.
 */
final class ArrivalInspector {
    private final SHA1 hash = SHA1.newInstance();
    private final MutableObjectId id = new MutableObjectId();
    private final ArrivalChecker checker;
    private final PackLinks links;

    ArrivalInspector(ArrivalChecker checker, PackLinks links) {
        this.checker = checker;
        this.links = links;
    }

    /**
     * The object's name, valid until the next is asked.
     *
     * @throws CorruptObjectException if it is not what git's fsck lets pass
     */
    MutableObjectId inspect(int type, byte[] data) throws IOException {
        begin(type, data.length);
        hash.update(data);
        hash.digest(id);
        if (type == Constants.OBJ_BLOB) {
            BlobObjectChecker blob = checker.newBlobObjectChecker();
            blob.update(data, 0, data.length);
            blob.endBlob(id);
            links.add(id);
            return id;
        }
        try {
            checker.check(id, type, data);
        } catch (CorruptObjectException e) {
            if (e.getErrorType() != null) {
                throw e;
            }
            throw new CorruptObjectException(
                    "Invalid " + Constants.typeString(type) + ' ' + id.name() + ": " + e.getMessage(), e);
        }
        links.add(id, type, data);
        return id;
    }

    /** Begins a file that is too large to be held in memory. */
    BlobObjectChecker beginBlob(long size) {
        begin(Constants.OBJ_BLOB, size);
        return checker.newBlobObjectChecker();
    }

    void update(BlobObjectChecker blob, byte[] bytes, int length) {
        hash.update(bytes, 0, length);
        blob.update(bytes, 0, length);
    }

    MutableObjectId endBlob(BlobObjectChecker blob) throws IOException {
        hash.digest(id);
        blob.endBlob(id);
        links.add(id);
        return id;
    }

    private void begin(int type, long size) {
        hash.reset();
        hash.update(Constants.encodedTypeString(type));
        hash.update((byte) ' ');
        hash.update(Constants.encodeASCII(size));
        hash.update((byte) 0);
    }
}
