package org.kohakuhub.database;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code KOHAKU_HUB_DATABASE_URL} says, in the notation that the Python world uses: {@code sqlite:///relative.db},
 * {@code sqlite:////absolute.db}, {@code postgresql://user:password@host:5432/name?parameters}. {@code jdbc:} addresses
 * of the two are taken as they are.
 */
public sealed interface DatabaseUrl {
    /** A SQLite file. */
    record Sqlite(Path file) implements DatabaseUrl {}

    /** A PostgreSQL database, by its JDBC address. */
    record Postgres(String jdbcUrl, Optional<String> user, Optional<String> password) implements DatabaseUrl {
        @Override
        public String toString() {
            return "Postgres[" + jdbcUrl + "]"; // without the password
        }
    }

    /**
     * Reads the address.
     *
     * @throws IllegalArgumentException with a sentence that names the variable and repeats no password
     */
    static DatabaseUrl parse(String text) {
        String url = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.startsWith("sqlite:///")) {
            return new Sqlite(file(url.substring("sqlite:///".length())));
        }
        if (lower.startsWith("sqlite:") && !lower.startsWith("sqlite://")) {
            return new Sqlite(file(url.substring("sqlite:".length())));
        }
        if (lower.startsWith("postgresql://") || lower.startsWith("postgres://")) {
            return postgres(url);
        }
        throw new IllegalArgumentException("KOHAKU_HUB_DATABASE_URL must begin with sqlite:/// or postgresql://");
    }

    private static Path file(String path) {
        if (path.isBlank() || path.startsWith(":memory:")) {
            throw new IllegalArgumentException("KOHAKU_HUB_DATABASE_URL must name a file, as in sqlite:///./hub.db");
        }
        return Path.of(path).toAbsolutePath().normalize();
    }

    private static Postgres postgres(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "KOHAKU_HUB_DATABASE_URL is not a valid address (is the password percent-encoded?)");
        }
        String database = uri.getRawPath();
        if (uri.getHost() == null || database == null || database.length() < 2) {
            throw new IllegalArgumentException(
                    "KOHAKU_HUB_DATABASE_URL must have the form postgresql://user:password@host:port/database");
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        Optional<String> user = Optional.empty();
        Optional<String> password = Optional.empty();
        if (uri.getRawUserInfo() != null) {
            String[] parts = uri.getRawUserInfo().split(":", 2);
            user = Optional.of(decoded(parts[0]));
            password = parts.length > 1 ? Optional.of(decoded(parts[1])) : Optional.empty();
        }
        return new Postgres("jdbc:postgresql://" + uri.getHost() + port + database + query, user, password);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
