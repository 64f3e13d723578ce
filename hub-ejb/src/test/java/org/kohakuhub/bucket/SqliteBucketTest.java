package org.kohakuhub.bucket;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.database.TestDatabase;

class SqliteBucketTest implements BucketContract {
    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestBuckets hub;

    @BeforeAll
    static void open() {
        database = TestDatabase.sqlite(folder);
        hub = new TestBuckets(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    public TestBuckets hub() {
        return hub;
    }
}
