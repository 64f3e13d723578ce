package org.kohakuhub.web.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** What an {@code Authorization} header says, before anybody checked that it is true. */
sealed interface AuthorizationHeader {
    /** An API token. */
    record Bearer(String token) implements AuthorizationHeader {}

    /** A user name and a password or token; git also sends a token as user name, without a password. */
    record Basic(String user, String secret) implements AuthorizationHeader {}

    /** Reads the header; empty for another scheme or a malformed value. */
    static Optional<AuthorizationHeader> parse(String header) {
        String[] parts = header.trim().split(" +", 2);
        String value = parts.length == 2 ? parts[1].trim() : "";
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of(new Bearer(value));
            case "basic" -> basic(value);
            default -> Optional.empty();
        };
    }

    private static Optional<AuthorizationHeader> basic(String base64) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        return colon < 0 || pair.indexOf('\0') >= 0 // nobody's: PostgreSQL cannot even be asked for such a name
                ? Optional.empty()
                : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
    }
}
