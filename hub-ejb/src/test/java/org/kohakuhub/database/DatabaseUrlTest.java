package org.kohakuhub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @Test
    void sqlite_files_are_relative_or_absolute() {
        assertThat(DatabaseUrl.parse("sqlite:///./hub.db"))
                .isEqualTo(new DatabaseUrl.Sqlite(Path.of("hub.db").toAbsolutePath()));
        assertThat(DatabaseUrl.parse("sqlite:////var/lib/hub.db"))
                .isEqualTo(new DatabaseUrl.Sqlite(Path.of("/var/lib/hub.db")));
        assertThat(DatabaseUrl.parse("jdbc:sqlite:/var/lib/hub.db"))
                .isEqualTo(new DatabaseUrl.Sqlite(Path.of("/var/lib/hub.db")));
    }

    @Test
    void postgres_takes_credentials_from_the_address() {
        assertThat(DatabaseUrl.parse("postgresql://ann:p%40ss+word@db.example:5433/hub?sslmode=require"))
                .isEqualTo(new DatabaseUrl.Postgres(
                        "jdbc:postgresql://db.example:5433/hub?sslmode=require",
                        Optional.of("ann"),
                        Optional.of("p@ss+word")));
    }

    @Test
    void the_password_is_never_printed() {
        assertThat(DatabaseUrl.parse("postgresql://ann:secret@db/hub").toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mysql://x/y",
                "sqlite:///",
                "sqlite:///:memory:",
                "postgresql://",
                "postgresql://host",
                "postgresql://a:b c@h/d"
            })
    void other_addresses_are_refused_by_name(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseUrl.parse(url))
                .withMessageStartingWith("KOHAKU_HUB_DATABASE_URL");
    }
}
