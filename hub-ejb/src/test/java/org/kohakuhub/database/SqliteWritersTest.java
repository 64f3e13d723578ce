package org.kohakuhub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteWritersTest {
    @TempDir
    Path folder;

    private HubDataSource source;

    @BeforeEach
    void open() throws SQLException {
        source = new HubDataSource(new DatabaseUrl.Sqlite(folder.resolve("t.db")));
        execute(source, "create table counter (n integer)");
        execute(source, "insert into counter values (0)");
    }

    private static void execute(HubDataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select n from counter")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void increment(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        int n;
        try (Statement read = connection.createStatement();
                ResultSet rows = read.executeQuery("select n from counter")) {
            rows.next();
            n = rows.getInt(1);
        }
        try (Statement write = connection.createStatement()) {
            write.executeUpdate("update counter set n = " + (n + 1));
        }
    }

    @Test
    void a_transaction_without_a_statement_ends_quietly_and_lets_nobody_else_in() throws Exception {
        try (Connection idle = source.getConnection();
                Connection writer = source.getConnection();
                Connection second = source.getConnection()) {
            idle.setAutoCommit(false);
            idle.rollback();
            idle.commit();
            increment(writer);
            second.setAutoCommit(false);
            ExecutorService pool = Executors.newSingleThreadExecutor();
            try {
                Future<Statement> waiting = pool.submit(() -> second.createStatement());
                assertThatExceptionOfType(TimeoutException.class)
                        .isThrownBy(() -> waiting.get(200, TimeUnit.MILLISECONDS));
                writer.commit();
                waiting.get().close();
                second.rollback();
            } finally {
                pool.shutdown();
            }
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void sixteen_writers_neither_fail_nor_lose_anything() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < 16; w++) {
                writers.add(pool.submit(() -> {
                    try (Connection connection = source.getConnection()) { // one connection, as in a pool
                        for (int i = 0; i < 50; i++) {
                            increment(connection);
                            connection.commit();
                            connection.setAutoCommit(true);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(count()).isEqualTo(16 * 50);
    }

    @Test
    void a_committed_connection_leaves_the_database_to_others() throws SQLException {
        try (Connection first = source.getConnection();
                Connection second = source.getConnection()) {
            increment(first);
            first.commit(); // back in its pool, still in manual mode
            increment(second);
            second.commit();
        }
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void a_rollback_undoes_and_a_closed_connection_was_rolled_back() throws SQLException {
        try (Connection connection = source.getConnection()) {
            increment(connection);
            connection.rollback();
            increment(connection);
        }
        assertThat(count()).isZero();
    }

    @Test
    void commit_in_auto_commit_mode_is_an_error_as_jdbc_says() throws SQLException {
        try (Connection connection = source.getConnection()) {
            assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
        }
    }

    @Test
    void a_reader_waits_for_no_writer() throws SQLException {
        try (Connection writer = source.getConnection()) {
            increment(writer);
            assertThat(count()).isZero();
            writer.commit();
        }
        assertThat(count()).isOne();
    }
}
