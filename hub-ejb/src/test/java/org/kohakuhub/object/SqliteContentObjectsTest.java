package org.kohakuhub.object;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.database.TestDatabase;

class SqliteContentObjectsTest implements ContentObjectsContract, UploadContract {
    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestObjects hub;

    @BeforeAll
    static void open() {
        database = TestDatabase.sqlite(folder);
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
