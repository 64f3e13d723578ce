package org.kohakuhub.repo;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.database.TestDatabase;

class SqliteListsTest implements ListsContract {
    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestHub hub;

    @BeforeAll
    static void open() {
        database = TestDatabase.sqlite(folder);
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
}
