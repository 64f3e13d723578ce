package org.kohakuhub.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.kohakuhub.common.Text;

/** A user or an organization: whatever a namespace can belong to. */
@Entity
@Table(name = "account")
class Account {
    static final String USER = "user";
    static final String ORGANIZATION = "org";

    @Id
    String id;

    @Column(updatable = false)
    String kind;

    String name;

    @Column(name = "normalized_name")
    String normalizedName;

    String email;

    @Column(name = "email_key")
    String emailKey;

    @Column(name = "email_verified")
    boolean emailVerified;

    @Column(name = "password_hash")
    String passwordHash;

    boolean active;

    @Column(name = "full_name")
    String fullName;

    String description;
    String bio;
    String website;

    @Column(name = "social_media")
    String socialMedia;

    @Column(name = "private_quota")
    Long privateQuota;

    @Column(name = "public_quota")
    Long publicQuota;

    @Column(name = "created_at", updatable = false)
    long createdAt;

    /** For JPA. */
    Account() {}

    Account(String id, String kind, String name, long createdAt) {
        this.id = id;
        this.kind = kind;
        this.name = name;
        this.normalizedName = Text.normalizedName(name);
        this.active = true;
        this.createdAt = createdAt;
    }
}
