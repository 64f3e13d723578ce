package org.kohakuhub.account;

import java.time.Instant;
import java.util.Optional;

/** A user or an organization, as everybody may know it. */
public record AccountRecord(
        String id,
        String name,
        boolean isOrganization,
        Optional<String> fullName,
        Optional<String> description,
        Instant createdAt) {

    static AccountRecord of(Account account) {
        return new AccountRecord(
                account.id,
                account.name,
                account.kind.equals(Account.ORGANIZATION),
                Optional.ofNullable(account.fullName),
                Optional.ofNullable(account.description),
                Instant.ofEpochMilli(account.createdAt));
    }
}
