package org.kohakuhub.discussion;

import java.time.Instant;
import java.util.Optional;
import org.kohakuhub.common.GitOid;

/**
 * A discussion, or a pull request.
 *
 * @param num counts from 1 in each repository
 * @param author empty once the account is gone
 * @param pull set for a pull request
 * @param comments how many there are, the opening one included
 */
public record Discussion(
        int num,
        String title,
        Status status,
        Optional<Person> author,
        Instant createdAt,
        boolean pinned,
        boolean locked,
        int comments,
        Optional<Pull> pull) {
    /** Somebody with an account. */
    public record Person(String id, String name, Optional<String> fullName) {}

    /**
     * What makes it a pull request.
     *
     * @param base the whole name of the branch that it is for
     * @param start the commit that it began at
     * @param merged the commit that brought it into its base
     */
    public record Pull(String base, GitOid start, Optional<GitOid> merged) {}
}
