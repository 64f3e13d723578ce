package org.kohakuhub.commit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.repo.TestHub;

/** Runs where the test set-up names a PostgreSQL database of its own, as {@code ./hub test} does. */
@EnabledIfEnvironmentVariable(named = "HUB_TEST_POSTGRES_URL", matches = "postgresql://.+")
class PostgresCommitTest implements CommitContract, PreuploadContract {

    private static TestDatabase database;
    private static TestHub hub;
    private final GrantedContents contents = new GrantedContents();

    @BeforeAll
    static void open() {
        database = TestDatabase.at(System.getenv("HUB_TEST_POSTGRES_URL"));
        hub = new TestHub(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    public TestHub hub() {
        return hub;
    }

    @Override
    public GrantedContents contents() {
        return contents;
    }
}
