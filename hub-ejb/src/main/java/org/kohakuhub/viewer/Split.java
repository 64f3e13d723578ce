package org.kohakuhub.viewer;

import java.util.List;
import java.util.Optional;
import org.kohakuhub.query.Question.Format;
import org.kohakuhub.version.TreeEntry;

/**
 * A split of a dataset's configuration.
 *
 * @param files in the order of their rows
 * @param format how the files are read; empty for one that the viewer does not know
 * @param delimiter between columns, where the format tells it
 */
public record Split(String config, String name, List<TreeEntry> files, Optional<Format> format, String delimiter) {
    /** Copies the list. */
    public Split {
        files = List.copyOf(files);
    }

    /** Bytes of all files. */
    public long bytes() {
        return files.stream().mapToLong(TreeEntry::size).sum();
    }
}
