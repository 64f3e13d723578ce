package org.kohakuhub.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A browser's login, by the hash of its cookie. */
@Entity
@Table(name = "login_session")
class LoginSession {
    @Id
    @Column(name = "token_hash")
    String tokenHash;

    @Column(name = "user_id", updatable = false)
    String userId;

    @Column(name = "created_at", updatable = false)
    long createdAt;

    @Column(name = "expires_at")
    long expiresAt;
}
