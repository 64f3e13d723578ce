package org.kohakuhub.database;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings the schema up to date before anything else runs, and defines the pool that the persistence unit uses. Beans that
 * read the database at start name this one in {@code @DependsOn}. Two nodes that start together are kept apart by
 * Flyway's lock on its history table.
 */
@Startup
@Singleton(name = "Migrations")
@DependsOn("ConfigStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@DataSourceDefinition(
        name = "java:app/jdbc/hub",
        className = "org.kohakuhub.database.HubDataSource",
        minPoolSize = 2,
        initialPoolSize = 2,
        maxPoolSize = 32,
        // WildFly starts no data source that has no property at all
        loginTimeout = 30)
public class Migrations {
    @PostConstruct
    void migrate() {
        update(HubDataSource.configuredUrl());
    }

    /** Brings the schema of the database at {@code url} up to date. */
    static void update(DatabaseUrl url) {
        flyway(url).load().migrate();
    }

    static FluentConfiguration flyway(DatabaseUrl url) {
        boolean sqlite = url instanceof DatabaseUrl.Sqlite;
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(new HubDataSource(url))
                .locations("classpath:db/migration", sqlite ? "classpath:db/sqlite" : "classpath:db/postgresql")
                .placeholders(Map.of("bytes", sqlite ? "BLOB" : "BYTEA", "ordered", sqlite ? "" : "COLLATE \"C\""));
    }
}
