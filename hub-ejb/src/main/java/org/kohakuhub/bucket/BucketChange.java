package org.kohakuhub.bucket;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Text;
import org.kohakuhub.common.XetHash;

/** One line of a batch. */
public sealed interface BucketChange {
    /** Bytes of a path: no more can be indexed together with the bucket. */
    int LONGEST_PATH = 1024;

    /** The path as the client wrote it. */
    String path();

    private static void check(String path) {
        if (new FilePath(path).text().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw new HubException(
                    ErrorKind.UNPROCESSABLE, "The path is longer than " + LONGEST_PATH + " bytes: " + Text.shown(path));
        }
    }

    /**
     * A content gets a path; what was there before is gone.
     *
     * @param source where the caller says that he may read it; empty if it came through the bucket's own door
     */
    record Put(String path, XetHash hash, Instant mtime, Optional<String> contentType, Optional<Source> source)
            implements BucketChange {
        /**
         * @throws HubException UNPROCESSABLE for a path that no bucket may hold
         */
        public Put {
            check(path);
        }
    }

    /** A path is emptied; it need not hold a file. */
    record Delete(String path) implements BucketChange {
        /**
         * @throws HubException as that of {@link Put}
         */
        public Delete {
            check(path);
        }
    }

    /** A line that can be no change, for a reason that the client is told. */
    record Refused(String path, String error) implements BucketChange {}

    /** Where a content is copied from. */
    sealed interface Source {
        /** A git repository. */
        record Repository(RepoId name) implements Source {}

        /** A bucket. */
        record Bucket(BucketId name) implements Source {}
    }
}
