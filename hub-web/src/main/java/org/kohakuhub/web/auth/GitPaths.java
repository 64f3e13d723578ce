package org.kohakuhub.web.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Recognises the addresses that git and git-lfs use below a repository's own. Those two send credentials only when they
 * were challenged.
 */
public final class GitPaths {
    private static final Pattern GIT = Pattern.compile("/.+/(?:info/refs|git-upload-pack|git-receive-pack)");
    private static final Pattern LFS = Pattern.compile("/.+/info/lfs/.+");

    private GitPaths() {}

    /** Whether the request is git's or git-lfs's. */
    public static boolean isGit(HttpServletRequest request) {
        String path = request.getRequestURI();
        return GIT.matcher(path).matches() || LFS.matcher(path).matches();
    }

    /** The headers that make git and git-lfs offer credentials; none for other requests. */
    public static Map<String, String> challenge(HttpServletRequest request) {
        String path = request.getRequestURI();
        String basic = "Basic realm=\"Kohaku Hub\", charset=\"UTF-8\"";
        if (LFS.matcher(path).matches()) {
            return Map.of("WWW-Authenticate", basic, "LFS-Authenticate", basic);
        }
        return GIT.matcher(path).matches() ? Map.of("WWW-Authenticate", basic) : Map.of();
    }
}
