package org.kohakuhub.web.commit;

import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.web.repo.QueryFlag;

/** {@code ?create_pr=1}: said early, so that nobody uploads gigabytes before he learns it. */
public final class PullRequests {
    private PullRequests() {}

    /** Refuses a request that asks for one. */
    public static void refuse(String createPr) {
        if (QueryFlag.isSet(createPr)) {
            throw new HubException(
                    ErrorKind.NOT_IMPLEMENTED, "This hub has no pull requests yet: commit to a branch instead");
        }
    }
}
