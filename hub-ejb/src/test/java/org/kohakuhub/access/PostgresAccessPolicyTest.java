package org.kohakuhub.access;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.kohakuhub.database.TestDatabase;

/** Runs where the test set-up names a PostgreSQL database of its own, as {@code ./hub test} does. */
@EnabledIfEnvironmentVariable(named = "HUB_TEST_POSTGRES_URL", matches = "postgresql://.+")
class PostgresAccessPolicyTest extends AccessPolicyTest {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.at(System.getenv("HUB_TEST_POSTGRES_URL"));
    }
}
