package org.kohakuhub.database;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * SQLite connections whose transactions behave as a pool and a transaction manager expect.
 *
 * <p>The driver begins its next transaction inside {@code commit()} and {@code rollback()}: with {@code BEGIN
 * IMMEDIATE} a connection that goes back to the pool takes the database's only write lock with it for a moment, and when
 * that {@code BEGIN} meets another writer, a commit that did happen is reported as failed, and the driver's idea of the
 * auto-commit mode is wrong from then on ("database in auto-commit mode"). Here a transaction begins with the first
 * statement and ends with its commit or rollback. Writers of this process wait in a fair queue, where SQLite itself would
 * let them poll; another process's are waited for by the busy timeout.
 */
final class SqliteWriters implements DataSource {
    private static final long LONGEST_WAIT_SECONDS = 60;
    private static final Map<Path, Semaphore> QUEUES = new ConcurrentHashMap<>();

    private final DataSource driver;
    private final Semaphore queue;

    SqliteWriters(Path file, DataSource driver) {
        this.driver = driver;
        this.queue = QUEUES.computeIfAbsent(file, key -> new Semaphore(1, true));
    }

    @Override
    public Connection getConnection() throws SQLException {
        return (Connection) Proxy.newProxyInstance(
                SqliteWriters.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new Session(driver.getConnection(), queue));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    /** One connection: the driver's stays in auto-commit mode except between begin and end. */
    private static final class Session implements InvocationHandler {
        private final Connection connection;
        private final Semaphore queue;
        private boolean autoCommit = true;
        private boolean begun;

        Session(Connection connection, Semaphore queue) {
            this.connection = connection;
            this.queue = queue;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            switch (method.getName()) {
                case "setAutoCommit" -> {
                    boolean wanted = (Boolean) arguments[0];
                    if (wanted && begun) {
                        end(true); // JDBC: changing the mode commits
                    }
                    autoCommit = wanted;
                    return null;
                }
                case "getAutoCommit" -> {
                    return autoCommit;
                }
                case "commit" -> {
                    requireTransaction("commit");
                    if (begun) { // else no statement was made since the last one
                        end(true);
                    }
                    return null;
                }
                case "rollback" -> {
                    if (arguments == null) {
                        requireTransaction("rollback");
                        if (begun) {
                            end(false);
                        }
                        return null;
                    }
                }
                case "close", "abort" -> {
                    if (begun) {
                        end(false);
                    }
                }
                case "createStatement", "prepareStatement", "prepareCall" -> {
                    if (!autoCommit && !begun) {
                        begin();
                    }
                }
                case "equals" -> {
                    return proxy == arguments[0];
                }
                case "hashCode" -> {
                    return System.identityHashCode(proxy);
                }
                default -> {
                    // the driver's own
                }
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private void requireTransaction(String what) throws SQLException {
            if (autoCommit) {
                throw new SQLException(what + " in auto-commit mode");
            }
        }

        private void begin() throws SQLException {
            try {
                if (!queue.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new SQLTransientException(
                            "The database was busy for more than " + LONGEST_WAIT_SECONDS + " s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLTransientException("Interrupted while waiting for the database", e);
            }
            boolean taken = false;
            try {
                connection.setAutoCommit(false); // BEGIN IMMEDIATE
                taken = true;
                begun = true;
            } finally {
                if (!taken) {
                    resetDriver();
                    queue.release();
                }
            }
        }

        /** The driver notes the new mode before it tries the statement; when that fails, the note is wrong. */
        private void resetDriver() {
            try {
                connection.setAutoCommit(true); // fails for want of a transaction, and corrects the note
            } catch (SQLException expected) {
                // nothing was begun, so nothing is lost
            }
        }

        private void end(boolean commit) throws SQLException {
            try {
                if (!commit) {
                    connection.rollback();
                }
                connection.setAutoCommit(true); // COMMIT; after a rollback, of the empty transaction that followed it
            } catch (SQLException e) {
                abandon(e);
                throw e;
            } finally {
                begun = false;
                queue.release();
            }
        }

        /** A COMMIT that failed (a full disk, say) leaves SQLite's transaction open: it must not outlive the queue's turn. */
        private void abandon(SQLException failure) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("ROLLBACK");
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return driver.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        driver.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        driver.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return driver.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return driver.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return driver.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return driver.isWrapperFor(type);
    }
}
