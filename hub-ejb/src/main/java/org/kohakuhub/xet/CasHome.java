package org.kohakuhub.xet;

import java.util.Optional;
import org.kohakuhub.access.BucketKey;
import org.kohakuhub.access.RepoKey;

/** Through whose door files come and go by Xet: what a CAS token is for. */
public sealed interface CasHome {
    /** The row's id. */
    String id();

    /** How tokens name it. */
    String token();

    /** A git repository: what it has is known by its sha256 too, because commits name it so. */
    record OfRepository(RepoKey repo) implements CasHome {
        @Override
        public String id() {
            return repo.id();
        }

        @Override
        public String token() {
            return repo.id();
        }
    }

    /** A bucket, which knows its files by their Xet hash alone. */
    record OfBucket(BucketKey bucket) implements CasHome {
        private static final String PREFIX = "bucket:";

        @Override
        public String id() {
            return bucket.id();
        }

        @Override
        public String token() {
            return PREFIX + bucket.id();
        }
    }

    /** The id of the bucket that a token names; empty if it names a repository. */
    static Optional<String> bucketId(String token) {
        return token.startsWith(OfBucket.PREFIX)
                ? Optional.of(token.substring(OfBucket.PREFIX.length()))
                : Optional.empty();
    }
}
