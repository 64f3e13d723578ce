package org.kohakuhub.repo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/**
 * Which settings of a repository change, and to what. An empty value leaves the setting alone; {@code Own} without
 * a value goes back to the server's default.
 *
 * @param description an empty one removes it
 * @param lfsThreshold bytes from which a file is an LFS file
 * @param lfsSuffixes name endings, with their dot, of files that always are
 */
public record SettingsChange(
        Optional<Boolean> isPrivate,
        Optional<Gated> gated,
        Optional<String> description,
        Optional<Boolean> discussionsDisabled,
        Optional<Own<Long>> lfsThreshold,
        Optional<Own<List<String>>> lfsSuffixes) {
    /** Below this a threshold would make pointers of files that are no longer than a pointer. */
    private static final long LEAST_THRESHOLD = 1_000;

    private static final int LONGEST_DESCRIPTION = 4_000;
    private static final int MOST_SUFFIXES = 200;
    private static final Pattern SUFFIX = Pattern.compile("\\.[A-Za-z0-9][A-Za-z0-9._-]{0,49}");

    /**
     * @throws HubException INVALID with a sentence that names the setting
     */
    public SettingsChange {
        description.ifPresent(text -> Text.storable("description", text, LONGEST_DESCRIPTION));
        lfsThreshold.flatMap(Own::value).ifPresent(SettingsChange::checkThreshold);
        lfsSuffixes = lfsSuffixes.map(own -> new Own<>(own.value().map(SettingsChange::checkedSuffixes)));
    }

    private static void checkThreshold(long bytes) {
        if (bytes < LEAST_THRESHOLD) {
            throw new HubException(
                    ErrorKind.INVALID, "lfs_threshold_bytes must be " + LEAST_THRESHOLD + " or more, is " + bytes);
        }
    }

    private static List<String> checkedSuffixes(List<String> suffixes) {
        if (suffixes.size() > MOST_SUFFIXES) {
            throw new HubException(
                    ErrorKind.INVALID,
                    "lfs_suffix_rules may hold " + MOST_SUFFIXES + " suffixes, has " + suffixes.size());
        }
        return suffixes.stream().map(SettingsChange::checkedSuffix).distinct().toList();
    }

    private static String checkedSuffix(String suffix) {
        if (!SUFFIX.matcher(suffix).matches()) {
            throw new HubException(
                    ErrorKind.INVALID, "lfs_suffix_rules must hold suffixes such as .bin, not " + Text.shown(suffix));
        }
        return suffix.toLowerCase(Locale.ROOT);
    }

    /** A repository's own value of a setting; empty: it follows the server. */
    public record Own<T>(Optional<T> value) {}
}
