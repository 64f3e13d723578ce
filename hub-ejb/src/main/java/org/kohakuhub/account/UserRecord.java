package org.kohakuhub.account;

import java.time.Instant;
import java.util.Optional;

/** A user, as he himself may know it. */
public record UserRecord(
        String id,
        String name,
        Optional<String> fullName,
        Optional<String> email,
        boolean emailVerified,
        Instant createdAt) {

    static UserRecord of(Account account) {
        return new UserRecord(
                account.id,
                account.name,
                Optional.ofNullable(account.fullName),
                Optional.ofNullable(account.email),
                account.emailVerified,
                Instant.ofEpochMilli(account.createdAt));
    }
}
