package org.kohakuhub.version.git;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.database.TestDatabase;

class SqliteHistoryTest implements HistoryContract {
    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestGit git;

    @BeforeAll
    static void open() {
        database = TestDatabase.sqlite(folder);
        git = new TestGit(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    public TestGit git() {
        return git;
    }
}
