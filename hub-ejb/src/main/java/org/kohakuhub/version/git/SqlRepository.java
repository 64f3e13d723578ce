package org.kohakuhub.version.git;

import org.eclipse.jgit.internal.storage.dfs.DfsRepository;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryBuilder;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.lib.StoredConfig;
import org.kohakuhub.access.RepoKey;

/** One repository for the length of one request. All its state is in SQL and the object store. */
final class SqlRepository extends DfsRepository {
    private final RepoKey key;
    private final SqlObjDatabase objects;
    private final SqlRefDatabase refs;

    private SqlRepository(Builder builder) {
        super(builder);
        this.key = builder.key;
        this.objects = new SqlObjDatabase(this, builder.storage);
        this.refs = new SqlRefDatabase(this, builder.storage);
        StoredConfig config = getConfig();
        // both default to off when reading
        config.setBoolean("core", null, "commitGraph", true);
        config.setBoolean("commitGraph", null, "readChangedPaths", true);
        config.setBoolean("uploadpack", null, "allowFilter", true); // partial clones
    }

    static SqlRepository open(RepoKey key, Storage storage) {
        Builder builder = new Builder(key, storage);
        builder.setRepositoryDescription(new DfsRepositoryDescription(key.name().toString()));
        return builder.build();
    }

    RepoKey key() {
        return key;
    }

    @Override
    public SqlObjDatabase getObjectDatabase() {
        return objects;
    }

    @Override
    public SqlRefDatabase getRefDatabase() {
        return refs;
    }

    private static final class Builder extends DfsRepositoryBuilder<Builder, SqlRepository> {
        private final RepoKey key;
        private final Storage storage;

        Builder(RepoKey key, Storage storage) {
            this.key = key;
            this.storage = storage;
        }

        @Override
        public SqlRepository build() {
            return new SqlRepository(this);
        }
    }
}
