package org.kohakuhub.content;

import java.util.Optional;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.TreeEntry;

/**
 * A file or folder as listings show it.
 *
 * @param lastCommit the newest commit that changed it, where that was asked for
 * @param xet the file's hash, where it can be had by the Xet protocol
 */
public record ListedEntry(TreeEntry entry, Optional<CommitRecord> lastCommit, Optional<XetHash> xet) {}
