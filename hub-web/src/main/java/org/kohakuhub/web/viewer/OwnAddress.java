package org.kohakuhub.web.viewer;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Revision;
import org.kohakuhub.viewer.DataFileService.Place;
import org.kohakuhub.web.repo.RepoAddress;

/**
 * A file's download address that a caller hands back. Nothing is ever fetched from it: it only names a repository, a
 * revision and a path of this hub, and the host must be the hub's.
 */
final class OwnAddress {
    private static final Pattern PATH =
            Pattern.compile("/(?:api/)?(?:(" + RepoType.PLURALS + ")/)?([^/]+)/([^/]+)/resolve/([^/]+)/(.+)");

    private OwnAddress() {}

    /**
     * Reads an address.
     *
     * @param hubs the hub's own: as the caller reached it, and as it is configured
     * @throws HubException INVALID for any other; REPO_NOT_FOUND, REVISION_NOT_FOUND, ENTRY_NOT_FOUND if nothing can
     *     have these names
     */
    static Place read(String url, List<URI> hubs) {
        URI uri;
        try {
            uri = new URI(url == null ? "" : url);
        } catch (URISyntaxException e) {
            throw foreign();
        }
        boolean here = uri.getScheme() == null && uri.getRawAuthority() == null;
        boolean ours = hubs.stream()
                .anyMatch(hub -> hub.getScheme().equalsIgnoreCase(String.valueOf(uri.getScheme()))
                        && hub.getRawAuthority().equalsIgnoreCase(String.valueOf(uri.getRawAuthority())));
        Matcher path = PATH.matcher(String.valueOf(uri.getRawPath()));
        if (!here && !ours || !path.matches()) {
            throw foreign();
        }
        RepoType type = path.group(1) == null ? RepoType.MODEL : RepoType.parse(path.group(1));
        try {
            return new Place(
                    RepoAddress.read(type, decoded(path.group(2)), decoded(path.group(3))),
                    Revision.parse(decoded(path.group(4))),
                    new FilePath(decoded(path.group(5))));
        } catch (IllegalArgumentException malformed) {
            throw foreign();
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static HubException foreign() {
        return new HubException(ErrorKind.INVALID, "url must be the download address of a file of this hub");
    }
}
