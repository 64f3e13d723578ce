package org.kohakuhub.object;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** The right of a repository to read and link a content. */
@Entity
@Table(name = "repo_object")
@IdClass(RepoObject.Key.class)
class RepoObject {
    @Id
    @Column(name = "repo_id")
    String repoId;

    @Id
    String sha256;

    @Column(name = "created_at")
    long createdAt;

    /** Both columns; JPA of this age takes no record here. */
    static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String repoId;
        String sha256;

        Key() {}

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.repoId.equals(repoId) && key.sha256.equals(sha256);
        }

        @Override
        public int hashCode() {
            return Objects.hash(repoId, sha256);
        }
    }
}
