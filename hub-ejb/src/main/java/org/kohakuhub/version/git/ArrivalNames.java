package org.kohakuhub.version.git;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/** Tells which names no file may have. Remembers those that were fine: a folder is new with each change of its files. */
final class ArrivalNames {
    private static final int REMEMBERED = 100_000;

    private static final String MODULES = ".gitmodules";

    /** Zero-width characters anywhere, a data stream's name, dots and spaces at the end. */
    private static final Pattern IGNORED = Pattern.compile("\\p{Cf}|:.*|[. ]+(?=$|:)");

    /** The names of eight characters that NTFS may give to it. */
    private static final Pattern SHORT_MODULES = Pattern.compile("gitmod~[1-4]|gi7eba~[1-9]");

    private final Set<String> fine = new HashSet<>();

    /** What is wrong with a file's or folder's name, wherever it stands. */
    Optional<String> objection(String name) {
        if (fine.contains(name)) {
            return Optional.empty();
        }
        Optional<String> objection = objection("", name);
        if (objection.isEmpty() && fine.size() < REMEMBERED) {
            fine.add(name);
        }
        return objection;
    }

    /**
     * What is wrong with a path.
     *
     * @param folder empty, or with a slash at its end
     */
    static Optional<String> objection(String folder, String name) {
        if (isDisguisedModules(name)) {
            return Optional.of("A file may not pass for .gitmodules: " + Text.shown(folder + name));
        }
        try {
            new FilePath(folder + name);
            return Optional.empty();
        } catch (HubException refusal) {
            return Optional.of(refusal.sentence());
        }
    }

    /** What HFS+ and NTFS take for .gitmodules, so that its content would not have been checked (git's fsck, CVE-2018-11235). */
    private static boolean isDisguisedModules(String name) {
        if (name.equals(MODULES)) {
            return false;
        }
        String folded = IGNORED.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
        return folded.equals(MODULES) || SHORT_MODULES.matcher(folded).matches();
    }
}
