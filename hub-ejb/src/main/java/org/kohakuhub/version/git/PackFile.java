package org.kohakuhub.version.git;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One file of a pack as its row describes it.
 *
 * @param ext JGit's extension: {@code pack}, {@code idx}, {@code bitmap}, {@code graph} …
 * @param size bytes
 * @param blockSize the unit that it was written in, 0 if unknown
 * @param inline whether the bytes are in SQL and not in the object store
 */
record PackFile(String ext, long size, int blockSize, boolean inline) {
    /** The form of the column {@code exts}. */
    static String format(Collection<PackFile> files) {
        return files.stream()
                .map(file -> file.ext + ':' + file.size + ':' + file.blockSize + ':' + (file.inline ? 1 : 0))
                .collect(Collectors.joining(","));
    }

    static List<PackFile> parse(String column) {
        List<PackFile> files = new ArrayList<>();
        for (String item : column.split(",")) {
            String[] parts = item.split(":");
            files.add(
                    new PackFile(parts[0], Long.parseLong(parts[1]), Integer.parseInt(parts[2]), parts[3].equals("1")));
        }
        return files;
    }

    /** Where a pack's file is in the object store. */
    static String key(String repoId, String packName, String ext) {
        return "git/" + repoId + '/' + packName + '.' + ext;
    }
}
