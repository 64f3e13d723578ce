package org.kohakuhub.version.git;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code git_pack}. */
@Entity
@Table(name = "git_pack")
class GitPack {
    static final String LIVE = "live";
    static final String DROPPED = "dropped";

    @Id
    String name;

    @Column(name = "repo_id")
    String repoId;

    String source;
    String exts;

    @Column(name = "object_count")
    long objectCount;

    @Column(name = "delta_count")
    long deltaCount;

    @Column(name = "pack_bytes")
    long packBytes;

    @Column(name = "created_at")
    long createdAt;

    String state;

    @Column(name = "dropped_at")
    Long droppedAt;
}
