package org.kohakuhub.xet;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.database.TestDatabase;

class SqliteXetTest implements XetReading, XetRefusals, XetLife {
    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestXet hub;

    @BeforeAll
    static void open() {
        database = TestDatabase.sqlite(folder);
        hub = new TestXet(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    public TestXet hub() {
        return hub;
    }
}
