package org.kohakuhub.config;

import java.time.Duration;

/**
 * How people come in and how long they stay.
 *
 * @param sessionSecret signs what the hub hands out and later takes back (multipart completion addresses)
 * @param sessionLife how long a login lasts
 * @param tokenLife how long an API token lasts
 */
public record AccountConfig(
        boolean requireEmailVerification,
        boolean invitationOnly,
        Secret sessionSecret,
        Duration sessionLife,
        Duration tokenLife) {
    /** The same with another secret. */
    AccountConfig withSessionSecret(Secret secret) {
        return new AccountConfig(requireEmailVerification, invitationOnly, secret, sessionLife, tokenLife);
    }
}
