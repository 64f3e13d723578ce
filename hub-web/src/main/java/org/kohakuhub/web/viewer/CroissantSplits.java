package org.kohakuhub.web.viewer;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kohakuhub.viewer.Split;

/** How a file's path tells its split, if it does. */
final class CroissantSplits {
    private static final int MOST_SPLITS = 100;

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
        String regex = "(?:^|/)(" + names + ")(?:[-._/][^/]*)?[^/]*$";
        Pattern pattern = Pattern.compile(regex);
        boolean tells = splits.stream()
                .allMatch(split -> split.files().stream().allMatch(file -> isOf(pattern.matcher(file.path()), split)));
        return tells ? Optional.of(regex) : Optional.empty();
    }

    private static boolean isOf(Matcher matcher, Split split) {
        return matcher.find() && matcher.group(1).equals(split.name());
    }
}
