package org.kohakuhub.commit;

import java.util.Optional;
import java.util.regex.Pattern;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/**
 * What a commit request says about the commit itself.
 *
 * @param summary the title
 * @param description the rest of the message, may be empty
 * @param parentCommit the head that the client saw: its id or the first 5 or more digits of it
 */
public record CommitHeader(String summary, String description, Optional<String> parentCommit) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{5,40}");
    private static final int LONGEST_SUMMARY = 1_000;
    private static final int LONGEST_DESCRIPTION = 65_536;

    /**
     * @throws HubException INVALID
     */
    public CommitHeader {
        if (Text.storable("The commit's summary", summary, LONGEST_SUMMARY).isBlank()) {
            throw new HubException(ErrorKind.INVALID, "The commit's summary must not be blank");
        }
        Text.storable("The commit's description", description, LONGEST_DESCRIPTION);
        if (parentCommit.isPresent() && !ID.matcher(parentCommit.get()).matches()) {
            throw new HubException(
                    ErrorKind.INVALID, "parentCommit must be 5 to 40 hex digits, is " + Text.shown(parentCommit.get()));
        }
    }

    /** The commit's message in git's form: title, blank line, description. */
    public String message() {
        String title = title(LONGEST_SUMMARY);
        return description.isBlank() ? title : title + "\n\n" + description.strip() + '\n';
    }

    /** The summary on one line, cut off where it is longer. */
    public String title(int longest) {
        String title = summary.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
        return title.substring(0, Math.min(title.length(), longest));
    }
}
