package org.kohakuhub.lfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.config.Secret;

/** Point 9: completion comes without a credential, so its address is checked. */
class SignedLinksTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Pattern QUERY = Pattern.compile("expires=(\\d+)&signature=([\\w-]{43})");

    private final SignedLinks links = links("secret", NOW);
    private final Matcher query = QUERY.matcher(links.query("upload-1", Duration.ofHours(1)));

    SignedLinksTest() {
        assertThat(query.matches()).isTrue();
    }

    @Test
    void lets_its_own_signature_pass() {
        assertThatCode(() -> links.check("upload-1", query.group(1), query.group(2)))
                .doesNotThrowAnyException();
    }

    @Test
    void refuses_another_upload() {
        assertRefused(links, "upload-2", query.group(1), query.group(2));
    }

    @Test
    void refuses_a_longer_life() {
        assertRefused(links, "upload-1", query.group(1) + "0", query.group(2));
    }

    @Test
    void refuses_what_is_missing_or_no_number() {
        assertRefused(links, "upload-1", "", "");
        assertRefused(links, "upload-1", "soon", query.group(2));
        assertRefused(links, "upload-1", query.group(1), "");
    }

    @Test
    void refuses_another_hubs_signature() {
        assertRefused(links("other", NOW), "upload-1", query.group(1), query.group(2));
    }

    @Test
    void refuses_what_has_expired() {
        assertThatCode(() -> links("secret", NOW.plusSeconds(3599)).check("upload-1", query.group(1), query.group(2)))
                .doesNotThrowAnyException();
        assertRefused(links("secret", NOW.plusSeconds(3600)), "upload-1", query.group(1), query.group(2));
    }

    private static void assertRefused(SignedLinks links, String upload, String expires, String signature) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> links.check(upload, expires, signature))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.FORBIDDEN);
    }

    private static SignedLinks links(String secret, Instant now) {
        return new SignedLinks(
                new AccountConfig(false, false, new Secret(secret), Duration.ofHours(168), Duration.ofDays(365)),
                InstantSource.fixed(now));
    }
}
