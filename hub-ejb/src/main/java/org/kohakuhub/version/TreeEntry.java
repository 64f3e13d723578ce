package org.kohakuhub.version;

import java.util.Optional;
import org.kohakuhub.common.GitOid;

/**
 * One name in a commit's tree.
 *
 * @param path from the repository's root, without leading or trailing slash
 * @param directory whether it is a folder
 * @param oid the git id of the blob (for an LFS file: of its pointer) or tree
 * @param size bytes of content; for an LFS file those of the content and not of the pointer; 0 for a folder
 * @param lfs set for a file whose content is in the object store
 */
public record TreeEntry(String path, boolean directory, GitOid oid, long size, Optional<LfsPointer> lfs) {}
