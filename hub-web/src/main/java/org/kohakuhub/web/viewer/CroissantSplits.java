package org.kohakuhub.web.viewer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.viewer.Split;

/** How a file's path tells its split, if it does. */
final class CroissantSplits {
    private static final int MOST_SPLITS = 100;

    /**
     * What may stand around the name: folders, the number of a shard, an ending, more of the path. Readers match from
     * the start, and to fetch only one split's files they make glob patterns of it, for which nothing is understood but
     * {@code .+}, {@code .*} and a group that may be missing.
     */
    private static final List<String> BEFORE = List.of("", "(?:.*/)?");

    private static final List<String> AFTER = List.of("-.+", "\\..+", "/.+", ".+");
    private static final Pattern SAME_IN_GLOBS = Pattern.compile("[\\p{L}\\p{N}_/ .-]*");

    private CroissantSplits() {}

    /** A regular expression whose first group is the split's name in every path of these; empty where there is none. */
    static Optional<String> regex(List<Split> splits) {
        if (splits.size() > MOST_SPLITS
                || splits.stream().anyMatch(split -> !split.name().matches("\\w[\\w.-]*"))) {
            return Optional.empty();
        }
        String names = splits.stream()
                .map(Split::name)
                .sorted(Comparator.comparing(String::length).reversed()) // of two the longer one is tried first
                .map(name -> name.replace(".", "\\."))
                .collect(Collectors.joining("|"));
        return folders(splits).stream()
                .flatMap(folder -> BEFORE.stream().map(before -> folder + before))
                .flatMap(before -> AFTER.stream().map(after -> before + '(' + names + ')' + after + '$'))
                .filter(regex -> tells(Pattern.compile(regex), splits))
                .findFirst();
    }

    /**
     * The folders that all files are in, each with a slash, from the innermost to that of the repository, which is empty:
     * the narrower, the fewer files of other configurations are fetched with a split's.
     */
    private static List<String> folders(List<Split> splits) {
        String common = splits.stream()
                .flatMap(split -> split.files().stream())
                .map(TreeEntry::path)
                .reduce(CroissantSplits::commonStart)
                .orElse("");
        List<String> folders = new ArrayList<>();
        for (int end = common.lastIndexOf('/'); end >= 0; end = common.lastIndexOf('/', end - 1)) {
            String folder = common.substring(0, end + 1);
            if (SAME_IN_GLOBS.matcher(folder).matches()) {
                folders.add(folder.replace(".", "\\."));
            }
        }
        folders.add("");
        return folders;
    }

    private static String commonStart(String one, String other) {
        int same = 0;
        while (same < Math.min(one.length(), other.length()) && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return one.substring(0, same);
    }

    private static boolean tells(Pattern regex, List<Split> splits) {
        return splits.stream()
                .allMatch(split -> split.files().stream().allMatch(file -> isOf(regex.matcher(file.path()), split)));
    }

    private static boolean isOf(Matcher matcher, Split split) {
        return matcher.matches() && matcher.group(1).equals(split.name());
    }
}
