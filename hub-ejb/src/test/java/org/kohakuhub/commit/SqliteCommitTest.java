package org.kohakuhub.commit;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.repo.TestHub;

class SqliteCommitTest implements CommitContract, PreuploadContract {
    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestHub hub;
    private final GrantedContents contents = new GrantedContents();

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

    @Override
    public GrantedContents contents() {
        return contents;
    }
}
