package org.kohakuhub.version.git;

import java.io.InputStream;
import org.eclipse.jgit.internal.storage.dfs.DfsInserter;
import org.eclipse.jgit.internal.storage.dfs.DfsPackParser;

/** Takes packs in by {@link ArrivingPack}. */
final class SqlInserter extends DfsInserter {
    private final SqlObjDatabase database;

    SqlInserter(SqlObjDatabase database) {
        super(database);
        this.database = database;
    }

    @Override
    public DfsPackParser newPackParser(InputStream in) {
        return new ArrivingPack(database, this, new PackInput(in));
    }
}
