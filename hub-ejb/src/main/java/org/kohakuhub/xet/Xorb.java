package org.kohakuhub.xet;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A stored xorb; rows are inserted by {@link XorbRows}, and only their times change. */
@Entity
@Table(name = "xorb")
class Xorb {
    @Id
    String hash;

    @Column(name = "object_key")
    String objectKey;

    @Column(name = "chunk_count")
    int chunkCount;

    @Column(name = "unpacked_bytes")
    long unpackedBytes;

    @Column(name = "stored_bytes")
    long storedBytes;

    byte[] chunks;

    @Column(name = "repo_id")
    String repoId;

    @Column(name = "user_id")
    String userId;

    @Column(name = "created_at")
    long createdAt;

    @Column(name = "named_at")
    Long namedAt;

    @Column(name = "condemned_at")
    Long condemnedAt;
}
