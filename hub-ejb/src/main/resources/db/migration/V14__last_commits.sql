-- What the last commits of a folder's entries were, seen from one commit; so that only what came since is walked through.
-- Nothing here can become wrong, and everything can be removed.
CREATE TABLE last_commit_cache (
    repo_id     VARCHAR(24) NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    -- the SHA-256 of the folder's path
    folder_hash VARCHAR(64) NOT NULL,
    seen_from   VARCHAR(40) NOT NULL,
    -- names and commits: deflated, in base64
    entries     TEXT        NOT NULL,
    created_at  BIGINT      NOT NULL,
    PRIMARY KEY (repo_id, folder_hash, seen_from)
);
CREATE INDEX last_commit_cache_age ON last_commit_cache (created_at);
