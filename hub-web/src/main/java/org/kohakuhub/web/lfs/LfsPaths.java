package org.kohakuhub.web.lfs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;

/**
 * Where git-lfs finds a repository: {@code ns/name}, with or without {@code .git}, below {@code datasets/}, {@code
 * spaces/} or {@code models/}. Two segments and no more, so that a file's address is never taken for one.
 */
final class LfsPaths {
    /** The path template of a repository. */
    static final String REPO = "/{repo: (?:(?:" + RepoType.PLURALS + ")/)?[^/]+/[^/]+}";

    /** What git-lfs sends and expects. */
    static final String JSON = "application/vnd.git-lfs+json";

    private static final Pattern ADDRESS = Pattern.compile("(?:(" + RepoType.PLURALS + ")/)?([^/]+)/([^/]+)");
    private static final String SUFFIX = ".git";

    private LfsPaths() {}

    /**
     * The repository that a path names.
     *
     * @throws HubException INVALID_REPO_ID if it can name none
     */
    static RepoId repo(String path) {
        Matcher address = ADDRESS.matcher(path);
        if (!address.matches()) {
            throw new HubException(ErrorKind.INVALID_REPO_ID, "Invalid repository path");
        }
        RepoType type = address.group(1) == null ? RepoType.MODEL : RepoType.parse(address.group(1));
        String name = address.group(3);
        return new RepoId(
                type,
                address.group(2),
                name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name);
    }
}
