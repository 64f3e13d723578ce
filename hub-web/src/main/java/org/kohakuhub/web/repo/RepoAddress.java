package org.kohakuhub.web.repo;

import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;

/** Names of repositories in addresses. */
public final class RepoAddress {
    private RepoAddress() {}

    /**
     * The repository of an address. What can be no name is the name of no repository: a reader gets the same answer as
     * for any other that is missing.
     *
     * @throws HubException REPO_NOT_FOUND
     */
    public static RepoId read(RepoType type, String namespace, String name) {
        if (!RepoId.isSegment(namespace) || !RepoId.isSegment(name)) {
            throw notFound();
        }
        return new RepoId(type, namespace, name);
    }

    /** The answer for every repository that is not there. */
    static HubException notFound() {
        return new HubException(ErrorKind.REPO_NOT_FOUND, "Repository not found");
    }
}
