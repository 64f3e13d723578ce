package org.kohakuhub.attachment;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.object.TestObjects;

/** Runs where the test set-up names a PostgreSQL database of its own, as {@code ./hub test} does. */
@EnabledIfEnvironmentVariable(named = "HUB_TEST_POSTGRES_URL", matches = "postgresql://.+")
class PostgresAttachmentTest implements AttachmentContract {
    private static TestDatabase database;
    private static TestObjects objects;

    @BeforeAll
    static void open() {
        database = TestDatabase.at(System.getenv("HUB_TEST_POSTGRES_URL"));
        objects = new TestObjects(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    public TestDatabase database() {
        return database;
    }

    @Override
    public TestObjects objects() {
        return objects;
    }
}
