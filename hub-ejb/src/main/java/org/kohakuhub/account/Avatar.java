package org.kohakuhub.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The picture of one account. */
@Entity
@Table(name = "avatar")
class Avatar {
    @Id
    @Column(name = "account_id")
    String accountId;

    @Column(name = "content_type")
    String contentType;

    byte[] bytes;

    @Column(name = "updated_at")
    long updatedAt;
}
