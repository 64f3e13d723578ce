package org.kohakuhub.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Gives MicroProfile Config the settings of the file that {@code HUB_CONFIG} names: above an application's own
 * defaults, below the environment (300) and system properties (400). A file that cannot be read gives nothing here;
 * {@link ConfigCheck} stops the start.
 */
public final class TomlConfigSource implements ConfigSource {
    private static final int ORDINAL = 200;

    private final TomlFile file = configured();

    /** For the service loader. */
    public TomlConfigSource() {}

    /** What the file says that the environment or a system property names. */
    static TomlFile configured() {
        return Stream.of(
                        System.getProperty("HUB_CONFIG"), System.getProperty("hub.config"), System.getenv("HUB_CONFIG"))
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .map(name -> TomlFile.read(Path.of(name)))
                .orElse(TomlFile.NONE);
    }

    @Override
    public Map<String, String> getProperties() {
        return file.values();
    }

    @Override
    public Set<String> getPropertyNames() {
        return file.values().keySet();
    }

    @Override
    public String getValue(String name) {
        return file.values().get(name);
    }

    @Override
    public String getName() {
        return "HUB_CONFIG";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
