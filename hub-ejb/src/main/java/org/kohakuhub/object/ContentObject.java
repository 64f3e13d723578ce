package org.kohakuhub.object;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A content whose sha256 was seen; rows are inserted by {@link ObjectRows} and never change their size. */
@Entity
@Table(name = "content_object")
class ContentObject {
    @Id
    String sha256;

    long size;

    @Column(name = "lfs_key")
    String lfsKey;

    @Column(name = "xet_hash")
    String xetHash;

    @Column(name = "verified_at")
    long verifiedAt;
}
