package org.kohakuhub.commit;

import java.util.Optional;
import java.util.OptionalLong;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Sha256;

/** One thing that a commit request wants done. They are done in their order. */
public sealed interface CommitOperation {
    /** What is written or removed. */
    FilePath path();

    /** Puts a file whose bytes are in the request. They are gone when the next operation is asked for. */
    record AddFile(FilePath path, InlineContent content) implements CommitOperation {}

    /**
     * Puts a file whose bytes are in the object store.
     *
     * @param size empty where the client does not know it, as for copies
     */
    record AddLfsFile(FilePath path, Sha256 oid, OptionalLong size) implements CommitOperation {}

    /** Removes a file. */
    record DeleteFile(FilePath path) implements CommitOperation {}

    /** Removes a folder with all that is below it. */
    record DeleteFolder(FilePath path) implements CommitOperation {}

    /**
     * Puts what stands elsewhere in the same repository.
     *
     * @param revision where to look; empty: in the branch as it was before this commit
     */
    record CopyFile(FilePath path, FilePath source, Optional<Revision> revision) implements CommitOperation {}
}
