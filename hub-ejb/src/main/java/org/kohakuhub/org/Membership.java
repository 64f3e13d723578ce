package org.kohakuhub.org;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.kohakuhub.access.Role;

/** A user's role in an organization. */
@Entity
@Table(name = "membership")
@IdClass(Membership.Key.class)
class Membership {
    @Id
    @Column(name = "org_id")
    String orgId;

    @Id
    @Column(name = "user_id")
    String userId;

    String role;

    @Column(name = "created_at", updatable = false)
    long createdAt;

    /** For JPA. */
    Membership() {}

    Membership(String orgId, String userId, Role role, long createdAt) {
        this.orgId = orgId;
        this.userId = userId;
        this.role = role.text();
        this.createdAt = createdAt;
    }

    /** The two ids. */
    static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String orgId;
        String userId;

        /** For JPA. */
        Key() {}

        Key(String orgId, String userId) {
            this.orgId = orgId;
            this.userId = userId;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && orgId.equals(key.orgId) && userId.equals(key.userId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(orgId, userId);
        }
    }
}
