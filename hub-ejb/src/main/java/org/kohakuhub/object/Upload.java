package org.kohakuhub.object;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import org.kohakuhub.common.Sha256;

/** Bytes on their way to one repository. */
@Entity
@Table(name = "upload")
class Upload {
    @Id
    String id;

    @Column(name = "repo_id")
    String repoId;

    @Column(name = "user_id")
    String userId;

    String sha256;
    long size;

    @Column(name = "object_key")
    String objectKey;

    @Column(name = "multipart_id")
    String multipartId;

    @Column(name = "part_size")
    Long partSize;

    @Column(name = "created_at")
    long createdAt;

    @Column(name = "expires_at")
    long expiresAt;

    UploadInFlight shown() {
        return new UploadInFlight(
                id,
                new Sha256(sha256),
                size,
                objectKey,
                Optional.ofNullable(multipartId).map(multipart -> new UploadInFlight.Parts(multipart, partSize)));
    }
}
