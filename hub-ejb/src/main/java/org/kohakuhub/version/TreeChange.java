package org.kohakuhub.version;

import java.util.List;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.Sha256;

/** One step from a tree to the next. A list of them is applied in order. */
public sealed interface TreeChange {
    /** The path that is written or removed. */
    FilePath path();

    /** Puts a blob, already inserted with {@link CommitWriter#insertBlob}, at a path. */
    record PutBlob(FilePath path, GitOid blob) implements TreeChange {}

    /** Puts a pointer to a content of the object store at a path. */
    record PutPointer(FilePath path, Sha256 oid, long size) implements TreeChange {}

    /** Removes a file; a missing one is ENTRY_NOT_FOUND. */
    record DeleteFile(FilePath path) implements TreeChange {}

    /** Removes a folder with all below it; a missing one is ENTRY_NOT_FOUND. */
    record DeleteFolder(FilePath path) implements TreeChange {}

    /** Puts what is at {@code source} in the commit {@code at} (a file or a folder) at {@code path}. */
    record Copy(FilePath path, FilePath source, GitOid at) implements TreeChange {}

    /**
     * Adds lines at the end of a text file, which is made if it is missing. Lines that it has already are not repeated,
     * and what others added to it meanwhile stays.
     *
     * @param lines without their newline
     */
    record AppendLines(FilePath path, List<String> lines) implements TreeChange {}
}
