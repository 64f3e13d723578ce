package org.kohakuhub.version.git;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A row of {@code git_ref}: read whole, written only by the statements of {@link RefRows}. */
@Entity
@Table(name = "git_ref")
@IdClass(GitRef.Key.class)
class GitRef {
    @Id
    @Column(name = "repo_id")
    String repoId;

    @Id
    String name;

    String oid;
    String peeled;
    String target;

    /** The repository and the ref's whole name. */
    static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String repoId;
        String name;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && repoId.equals(key.repoId) && name.equals(key.name);
        }

        @Override
        public int hashCode() {
            return Objects.hash(repoId, name);
        }
    }
}
