package org.kohakuhub.account;

import java.time.Instant;
import java.util.Optional;

/**
 * An API token as its owner sees it; the text is not known any more.
 *
 * @param lastUsed within some minutes
 */
public record TokenRecord(
        String id,
        String name,
        TokenRole role,
        Instant createdAt,
        Optional<Instant> lastUsed,
        Optional<Instant> expiresAt) {

    static TokenRecord of(ApiToken token) {
        return new TokenRecord(
                token.id,
                token.name,
                TokenRole.parse(token.role),
                Instant.ofEpochMilli(token.createdAt),
                Optional.ofNullable(token.lastUsed).map(Instant::ofEpochMilli),
                Optional.ofNullable(token.expiresAt).map(Instant::ofEpochMilli));
    }
}
