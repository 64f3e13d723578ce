package org.kohakuhub.attachment;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.object.TestObjects;

class SqliteAttachmentTest implements AttachmentContract {
    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestObjects objects;

    @BeforeAll
    static void open() {
        database = TestDatabase.sqlite(folder);
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
