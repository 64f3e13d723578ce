package org.kohakuhub.version;

import java.util.Optional;
import org.kohakuhub.common.GitOid;

/**
 * What happened to one file between two trees.
 *
 * @param path where it is now; of a removed file, where it was
 * @param before empty for an added file
 * @param after empty for a removed file
 * @param oldPath where it was, if it has moved
 * @param diff the changed lines in the unified form; empty for binary files, LFS files, and what is too long to show
 */
public record FileChange(
        String path, Optional<Side> before, Optional<Side> after, Optional<String> oldPath, Optional<String> diff) {
    /** The file on one side; of an LFS file the size is its content's. */
    public record Side(GitOid oid, long size, Optional<LfsPointer> lfs) {}
}
