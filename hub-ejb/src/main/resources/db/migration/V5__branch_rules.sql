-- Who may move which branches and tags of a repository. A role stands for itself and those above it.
CREATE TABLE ref_rule (
    id          VARCHAR(24) PRIMARY KEY,
    repo_id     VARCHAR(24)  NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    kind        VARCHAR(6)   NOT NULL CHECK (kind IN ('branch', 'tag')),
    -- * and ? do not match a slash, ** does
    pattern     VARCHAR(220) NOT NULL,
    push_role   VARCHAR(12)  NOT NULL CHECK (push_role IN ('member', 'admin', 'super-admin', 'nobody')),
    force_role  VARCHAR(12)  NOT NULL CHECK (force_role IN ('member', 'admin', 'super-admin', 'nobody')),
    delete_role VARCHAR(12)  NOT NULL CHECK (delete_role IN ('member', 'admin', 'super-admin', 'nobody')),
    created_at  BIGINT       NOT NULL,
    UNIQUE (repo_id, kind, pattern)
);

-- Removed refs, for their restoration and for the collection of garbage.
CREATE INDEX git_reflog_removed ON git_reflog (repo_id, at) WHERE new_oid IS NULL;
