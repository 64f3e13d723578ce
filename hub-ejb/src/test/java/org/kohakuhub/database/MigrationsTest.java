package org.kohakuhub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a hub's database stays there when a newer hub brings its schema up to date. */
class MigrationsTest {
    private DatabaseUrl url;

    @BeforeEach
    void file(@TempDir Path folder) {
        url = new DatabaseUrl.Sqlite(folder.resolve("hub.db"));
    }

    @Test
    void the_schema_of_sqlite_learns_a_type_and_loses_no_row() throws SQLException {
        Migrations.flyway(url).target("19").load().migrate();
        try (Connection connection = new HubDataSource(url).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into account (id, kind, name, normalized_name, created_at)"
                    + " values ('u', 'user', 'ann', 'ann', 0)");
            add(statement, "model");
            statement.execute("insert into git_ref (repo_id, name) values ('model', 'refs/heads/main')");
            assertRefused(statement, "kernel");

            Migrations.update(url);

            add(statement, "kernel"); // by a connection that knew the schema before
            assertRefused(statement, "gadget");
            assertThat(text(statement, "select count(*) from git_ref")).isEqualTo("1");
            assertThat(text(
                            statement,
                            "select group_concat(repo_id) from (select repo_id from repo_search_row order by n)"))
                    .isEqualTo("model,kernel");
            assertThat(text(statement, "pragma integrity_check")).isEqualTo("ok");
            statement.execute("delete from repository where id = 'model'");
            assertThat(text(statement, "select count(*) from git_ref")).isEqualTo("0");
        }
    }

    private static void add(Statement statement, String type) throws SQLException {
        statement.execute("insert into repository (id, type, owner_id, namespace, name, normalized_name, created_by,"
                + " created_at, modified_at) values ('" + type + "', '" + type + "', 'u', 'ann', 'x', 'x', 'u', 0, 0)");
    }

    private static void assertRefused(Statement statement, String type) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> add(statement, type))
                .withMessageContaining("CHECK");
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
