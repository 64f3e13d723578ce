package org.kohakuhub.githttp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;

/**
 * A request of the smart HTTP protocol (git's gitprotocol-http(5)), by its path: with and without {@code .git}, for
 * datasets and spaces below their folder.
 *
 * @param repo the repository that it names
 * @param service what it asks for: {@code info/refs}, {@code git-upload-pack} or {@code git-receive-pack}
 */
record GitAddress(RepoId repo, String service) {
    private static final Pattern FORM = Pattern.compile("/(?:(" + RepoType.PLURALS
            + ")/)?([^/]+)/([^/]+?)(?:\\.git)?/(info/refs|git-upload-pack|git-receive-pack)");

    /** The address that a path is, if it is one of git's and names what can be a repository. */
    static Optional<GitAddress> parse(String path) {
        Matcher matcher = FORM.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        RepoType type = matcher.group(1) == null ? RepoType.MODEL : RepoType.parse(matcher.group(1));
        try {
            return Optional.of(new GitAddress(new RepoId(type, matcher.group(2), matcher.group(3)), matcher.group(4)));
        } catch (HubException noName) {
            return Optional.empty();
        }
    }
}
