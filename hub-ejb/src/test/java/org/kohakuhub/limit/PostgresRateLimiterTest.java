package org.kohakuhub.limit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.kohakuhub.database.TestDatabase;

/** Runs where the test set-up names a PostgreSQL database of its own, as {@code ./hub test} does. */
@EnabledIfEnvironmentVariable(named = "HUB_TEST_POSTGRES_URL", matches = "postgresql://.+")
class PostgresRateLimiterTest implements RateLimiterContract {
    private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = TestDatabase.at(System.getenv("HUB_TEST_POSTGRES_URL"));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    public TestDatabase database() {
        return database;
    }
}
