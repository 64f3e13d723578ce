package org.kohakuhub.content;

import java.util.Optional;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.TreeEntry;

/**
 * A file or folder as listings show it.
 *
 * @param lastCommit the newest commit that changed it, where that was asked for
 */
public record ListedEntry(TreeEntry entry, Optional<CommitRecord> lastCommit) {}
