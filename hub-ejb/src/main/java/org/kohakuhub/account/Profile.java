package org.kohakuhub.account;

import java.util.Optional;

/**
 * What a user or an organization tells of itself.
 *
 * @param socialMedia a JSON object of texts
 */
public record Profile(
        AccountRecord account, Optional<String> bio, Optional<String> website, Optional<String> socialMedia) {

    static Profile of(Account account) {
        return new Profile(
                AccountRecord.of(account),
                Optional.ofNullable(account.bio),
                Optional.ofNullable(account.website),
                Optional.ofNullable(account.socialMedia));
    }
}
