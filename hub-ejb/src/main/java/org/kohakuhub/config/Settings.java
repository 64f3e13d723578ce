package org.kohakuhub.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.kohakuhub.common.Text;

/**
 * The raw settings with their defaults, read with types. Every method throws {@link IllegalArgumentException} with a
 * sentence that names the variable; no sentence repeats a secret.
 */
final class Settings {
    private final Function<Key, Optional<String>> lookup;

    Settings(Function<Key, Optional<String>> lookup) {
        this.lookup = lookup;
    }

    static Settings from(Config config) {
        return new Settings(key -> config.getOptionalValue(key.property(), String.class));
    }

    /** The text, never null, trimmed; blank for a setting without value and default. */
    String text(Key key) {
        return lookup.apply(key)
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .orElse(key.byDefault());
    }

    /** Whether somebody set it, even to its default. */
    boolean isSet(Key key) {
        return lookup.apply(key).filter(text -> !text.isBlank()).isPresent();
    }

    Optional<String> optional(Key key) {
        return Optional.of(text(key)).filter(text -> !text.isEmpty());
    }

    Secret secret(Key key) {
        return new Secret(text(key));
    }

    /** The parts of a comma-separated list. */
    List<String> list(Key key) {
        return Arrays.stream(text(key).split(",", -1))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    boolean flag(Key key) {
        String text = text(key).toLowerCase(Locale.ROOT);
        if (Stream.of("true", "1", "yes", "on").anyMatch(text::equals)) {
            return true;
        }
        if (Stream.of("false", "0", "no", "off").anyMatch(text::equals)) {
            return false;
        }
        throw wrong(key, "must be true or false");
    }

    long whole(Key key, long least, long most) {
        return whole(key, text(key), least, most);
    }

    private static long whole(Key key, String text, long least, long most) {
        try {
            long number = Long.parseLong(text.replace("_", ""));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(key, "must be a whole number, is " + Text.shown(text));
        }
        throw wrong(key, "must be " + least + ".." + most + ", is " + text);
    }

    /** A number of bytes; empty for unlimited. */
    OptionalLong bytes(Key key) {
        String text = text(key).toLowerCase(Locale.ROOT);
        boolean unlimited = text.isEmpty() || text.equals("none") || text.equals("unlimited");
        return unlimited ? OptionalLong.empty() : OptionalLong.of(whole(key, text, 0, Long.MAX_VALUE));
    }

    Duration seconds(Key key, long most) {
        return Duration.ofSeconds(whole(key, 1, most));
    }

    Optional<URI> address(Key key) {
        return optional(key).map(text -> address(key, text));
    }

    URI requiredAddress(Key key) {
        return address(key, text(key));
    }

    private static URI address(Key key, String text) {
        String plain = text.replaceAll("/+$", "");
        try {
            URI uri = new URI(plain);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            if (web && bare && uri.getHost() != null && uri.getPort() <= 65_535) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw wrong(key, "is not an address: " + Text.shown(text));
        }
        throw wrong(key, "must be an address such as http://host:port, is " + Text.shown(text));
    }

    String oneOf(Key key, String... choices) {
        String text = text(key).toLowerCase(Locale.ROOT);
        if (Arrays.asList(choices).contains(text)) {
            return text;
        }
        throw wrong(key, "must be one of " + String.join(", ", choices) + ", is " + Text.shown(text));
    }

    static IllegalArgumentException wrong(Key key, String sentence) {
        return new IllegalArgumentException(key.variable() + ' ' + sentence);
    }
}
