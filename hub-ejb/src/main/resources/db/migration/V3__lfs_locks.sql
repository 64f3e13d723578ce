-- A file that somebody has locked by git-lfs: one lock a path, on whatever branch.
CREATE TABLE lfs_lock (
    id        VARCHAR(24) PRIMARY KEY,
    repo_id   VARCHAR(24) NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    path      TEXT        NOT NULL,
    -- its SHA-256: PostgreSQL cannot index a text of some thousand bytes
    path_hash VARCHAR(64) NOT NULL,
    -- the branch that the client was on, or ""; for listings
    ref       VARCHAR(220) NOT NULL,
    owner_id  VARCHAR(24) NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    locked_at BIGINT      NOT NULL,
    UNIQUE (repo_id, path_hash)
);
CREATE INDEX lfs_lock_owner ON lfs_lock (owner_id);
