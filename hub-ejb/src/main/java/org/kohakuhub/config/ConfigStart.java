package org.kohakuhub.config;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.config.ConfigProvider;

/** Stops the start on a wrong setting, with one line for each. Beans that start by themselves depend on this one. */
@Startup
@Singleton(name = "ConfigStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ConfigStart {
    private static final System.Logger log = System.getLogger(ConfigStart.class.getName());

    @PostConstruct
    void check() {
        Settings settings = Settings.from(ConfigProvider.getConfig(ConfigStart.class.getClassLoader()));
        ConfigCheck check = ConfigCheck.of(settings, TomlConfigSource.configured());
        check.warnings().forEach(warning -> log.log(Level.WARNING, "Configuration: " + warning));
        check.problems().forEach(problem -> log.log(Level.ERROR, "Cannot start: " + problem));
        if (!check.problems().isEmpty()) {
            throw new IllegalStateException("Cannot start: " + check.problems().get(0));
        }
    }
}
