package org.kohakuhub.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An API token. Its text is shown once and not kept; its hash is. */
@Entity
@Table(name = "api_token")
class ApiToken {
    @Id
    String id;

    @Column(name = "user_id", updatable = false)
    String userId;

    String name;

    @Column(name = "token_hash", updatable = false)
    String tokenHash;

    String role;

    @Column(name = "created_at", updatable = false)
    long createdAt;

    @Column(name = "last_used")
    Long lastUsed;

    @Column(name = "expires_at")
    Long expiresAt;
}
