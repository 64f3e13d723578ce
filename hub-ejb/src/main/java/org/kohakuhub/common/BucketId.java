package org.kohakuhub.common;

/** Names one bucket: {@code acme/checkpoints}. Both parts obey the rule of {@link RepoId}. */
public record BucketId(String namespace, String name) {
    /**
     * @throws HubException {@link ErrorKind#INVALID_REPO_ID} if either part breaks the rule
     */
    public BucketId {
        check(namespace);
        check(name);
    }

    private static void check(String part) {
        if (!RepoId.isSegment(part)) {
            throw new HubException(ErrorKind.INVALID_REPO_ID, "Invalid bucket name: " + Text.shown(part));
        }
    }

    /** {@code ns/name}, as in every {@code id} of the contract. */
    public String fullName() {
        return namespace + '/' + name;
    }

    @Override
    public String toString() {
        return "buckets/" + fullName();
    }
}
