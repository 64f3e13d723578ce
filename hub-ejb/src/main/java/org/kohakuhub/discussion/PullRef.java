package org.kohakuhub.discussion;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.common.Revision;

/** The refs of pull requests: {@code refs/pr/{num}}. */
public final class PullRef {
    private static final Pattern FORM = Pattern.compile("refs/pr/([1-9][0-9]{0,8})");

    private PullRef() {}

    /** The ref of a pull request. */
    public static String of(int num) {
        return "refs/pr/" + num;
    }

    /** Whose ref this is, if it is one's. */
    public static Optional<Integer> number(String ref) {
        Matcher matcher = FORM.matcher(ref);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** The same for what a client names. */
    public static Optional<Integer> number(Revision revision) {
        return revision instanceof Revision.Named named ? number(named.ref()) : Optional.empty();
    }
}
