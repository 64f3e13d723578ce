package org.kohakuhub.database;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Opens physical connections to whatever database {@code KOHAKU_HUB_DATABASE_URL} names. The application server makes
 * it (see {@link Migrations}), pools what it opens and enlists it in JTA.
 */
public class HubDataSource implements DataSource {
    /** How long SQLite waits for another process's write lock; writers of this process queue before it. */
    private static final int BUSY_TIMEOUT_MILLIS = 30_000;

    private volatile DataSource delegate;

    /** Reads the address when the first connection is asked for. */
    public HubDataSource() {}

    /** Opens connections to {@code url}, whatever the configuration says. */
    public HubDataSource(DatabaseUrl url) {
        delegate = open(url);
    }

    /** The address that the configuration names. */
    public static DatabaseUrl configuredUrl() {
        return DatabaseUrl.parse(ConfigProvider.getConfig(HubDataSource.class.getClassLoader())
                .getOptionalValue("kohaku.hub.database.url", String.class)
                .orElse("sqlite:///./hub.db"));
    }

    private DataSource delegate() {
        DataSource opened = delegate;
        if (opened == null) {
            opened = open(configuredUrl()); // making it twice does no harm
            delegate = opened;
        }
        return opened;
    }

    private static DataSource open(DatabaseUrl url) {
        if (url instanceof DatabaseUrl.Sqlite sqlite) {
            return sqlite(sqlite.file());
        }
        if (url instanceof DatabaseUrl.Postgres postgres) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(postgres.jdbcUrl());
            postgres.user().ifPresent(source::setUser);
            postgres.password().ifPresent(source::setPassword);
            source.setApplicationName("kohakuhub");
            return source;
        }
        throw new AssertionError(url);
    }

    private static DataSource sqlite(Path file) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new IllegalArgumentException("KOHAKU_HUB_DATABASE_URL: cannot make the folder " + file.getParent());
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // FULL: a commit that was acknowledged outlives a power cut
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return new SqliteWriters(file, source);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return delegate().getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection(); // the address carries the credentials
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        return delegate().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
