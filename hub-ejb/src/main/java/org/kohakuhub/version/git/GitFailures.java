package org.kohakuhub.version.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** What JGit's checked exceptions mean here. */
final class GitFailures {
    private GitFailures() {}

    /** Reading failed: an id that the client gave may be unknown, all else is a defect. */
    static RuntimeException reading(RepoKey repo, IOException failure) {
        if (failure instanceof MissingObjectException missing) {
            return new HubException(
                    ErrorKind.REVISION_NOT_FOUND,
                    "Invalid rev id: " + missing.getObjectId().name());
        }
        if (failure
                instanceof
                IncorrectObjectTypeException) { // a tag may lead to a file or a folder, and has no files then
            return new HubException(ErrorKind.REVISION_NOT_FOUND, "Invalid rev id: it leads to no commit");
        }
        return new UncheckedIOException("Cannot read git objects of " + repo.name(), failure);
    }

    /** Writing failed. */
    static RuntimeException writing(RepoKey repo, IOException failure) {
        return new UncheckedIOException("Cannot write git objects of " + repo.name(), failure);
    }
}
