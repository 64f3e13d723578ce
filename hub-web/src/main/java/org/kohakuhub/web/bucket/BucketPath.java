package org.kohakuhub.web.bucket;

import jakarta.ws.rs.PathParam;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;

/** The bucket that a path names, as raw strings, which {@link #bucketId} judges inside the resource's method. */
public class BucketPath {
    @PathParam("namespace")
    private String namespace;

    @PathParam("name")
    private String name;

    /** For JAX-RS. */
    public BucketPath() {}

    /**
     * The bucket's address.
     *
     * @throws HubException REPO_NOT_FOUND if no bucket can have this name
     */
    BucketId bucketId() {
        if (!RepoId.isSegment(namespace) || !RepoId.isSegment(name)) {
            throw new HubException(ErrorKind.REPO_NOT_FOUND, "Bucket not found");
        }
        return new BucketId(namespace, name);
    }

    String namespace() {
        return namespace;
    }

    String name() {
        return name;
    }
}
