package org.kohakuhub.version.git;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A row of {@code git_pack_inline}: one small file of a pack. */
@Entity
@Table(name = "git_pack_inline")
@IdClass(GitPackInline.Key.class)
class GitPackInline {
    @Id
    String name;

    @Id
    String ext;

    byte[] bytes;

    /** The pack's name and the file's extension. */
    static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String name;
        String ext;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && name.equals(key.name) && ext.equals(key.ext);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, ext);
        }
    }
}
