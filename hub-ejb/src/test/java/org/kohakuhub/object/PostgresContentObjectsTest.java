package org.kohakuhub.object;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.kohakuhub.database.TestDatabase;

/** Runs where the test set-up names a PostgreSQL database of its own, as {@code ./hub test} does. */
@EnabledIfEnvironmentVariable(named = "HUB_TEST_POSTGRES_URL", matches = "postgresql://.+")
class PostgresContentObjectsTest implements ContentObjectsContract, UploadContract {
    private static TestDatabase database;
    private static TestObjects hub;

    @BeforeAll
    static void open() {
        database = TestDatabase.at(System.getenv("HUB_TEST_POSTGRES_URL"));
        hub = new TestObjects(database);
    }

    @AfterAll
    static void close() {
        hub.store.close();
        database.close();
    }

    @Override
    public TestObjects hub() {
        return hub;
    }
}
