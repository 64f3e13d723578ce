package org.kohakuhub.commit;

import java.util.Optional;

/**
 * A commit as its request tells it, read while it arrives: nothing is read before it is asked for, so that who may not
 * commit is refused before his bytes are taken.
 */
public interface CommitRequest {
    /**
     * What is said of the commit. To be asked for first.
     *
     * @throws org.kohakuhub.common.HubException INVALID, TOO_LARGE
     */
    CommitHeader header();

    /**
     * The next operation; empty after the last.
     *
     * @throws org.kohakuhub.common.HubException INVALID, UNPROCESSABLE, TOO_LARGE
     */
    Optional<CommitOperation> next();
}
