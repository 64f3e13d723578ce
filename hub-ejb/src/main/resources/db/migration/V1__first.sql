-- Portable between SQLite and PostgreSQL. ${bytes} is BLOB or BYTEA, ${ordered} makes PostgreSQL compare by bytes as
-- SQLite does. Ids are 24 hex digits made by the hub. Times are milliseconds since 1970, UTC.

CREATE TABLE account (
    id              VARCHAR(24) PRIMARY KEY,
    kind            VARCHAR(4)   NOT NULL CHECK (kind IN ('user', 'org')),
    name            VARCHAR(96)  NOT NULL UNIQUE,
    normalized_name VARCHAR(96)  NOT NULL UNIQUE,
    email           VARCHAR(320),
    email_key       VARCHAR(320) UNIQUE,
    email_verified  BOOLEAN      NOT NULL DEFAULT FALSE,
    password_hash   VARCHAR(100),
    active          BOOLEAN      NOT NULL DEFAULT TRUE,
    full_name       VARCHAR(255),
    description     TEXT,
    private_quota   BIGINT,
    public_quota    BIGINT,
    created_at      BIGINT       NOT NULL
);

CREATE TABLE membership (
    org_id     VARCHAR(24) NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    user_id    VARCHAR(24) NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    role       VARCHAR(16) NOT NULL CHECK (role IN ('visitor', 'member', 'admin', 'super-admin')),
    created_at BIGINT      NOT NULL,
    PRIMARY KEY (org_id, user_id)
);
CREATE INDEX membership_user ON membership (user_id);

-- A browser's login. The cookie's value is not stored, its SHA3-512 is.
CREATE TABLE login_session (
    token_hash VARCHAR(128) PRIMARY KEY,
    user_id    VARCHAR(24) NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at BIGINT      NOT NULL,
    expires_at BIGINT      NOT NULL
);
CREATE INDEX login_session_user ON login_session (user_id);
CREATE INDEX login_session_expiry ON login_session (expires_at);

CREATE TABLE api_token (
    id         VARCHAR(24) PRIMARY KEY,
    user_id    VARCHAR(24)  NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name       VARCHAR(100) NOT NULL,
    token_hash VARCHAR(128) NOT NULL UNIQUE,
    role       VARCHAR(8)   NOT NULL CHECK (role IN ('read', 'write')),
    created_at BIGINT       NOT NULL,
    last_used  BIGINT,
    expires_at BIGINT
);
CREATE INDEX api_token_user ON api_token (user_id);

-- namespace repeats the owner's name so that one indexed look-up finds a repository by its address.
CREATE TABLE repository (
    id              VARCHAR(24) PRIMARY KEY,
    type            VARCHAR(8)  NOT NULL CHECK (type IN ('model', 'dataset', 'space')),
    owner_id        VARCHAR(24) NOT NULL REFERENCES account (id),
    namespace       VARCHAR(96) NOT NULL,
    name            VARCHAR(96) NOT NULL,
    normalized_name VARCHAR(96) NOT NULL,
    is_private      BOOLEAN     NOT NULL DEFAULT FALSE,
    gated           VARCHAR(8)  NOT NULL DEFAULT 'false' CHECK (gated IN ('false', 'auto', 'manual')),
    disabled        BOOLEAN     NOT NULL DEFAULT FALSE,
    sdk             VARCHAR(16),
    lfs_threshold   BIGINT,
    lfs_suffixes    TEXT,
    downloads       BIGINT      NOT NULL DEFAULT 0,
    likes           BIGINT      NOT NULL DEFAULT 0,
    -- what the model card of the default branch says, as JSON; and its flattened tags, as a JSON list
    card            TEXT,
    tags            TEXT        NOT NULL DEFAULT '[]',
    -- the commit that card, tags and the three columns below were read from
    card_commit     VARCHAR(40),
    pipeline_tag    VARCHAR(200),
    library_name    VARCHAR(200),
    model_config    TEXT,
    created_by      VARCHAR(24) NOT NULL,
    created_at      BIGINT      NOT NULL,
    modified_at     BIGINT      NOT NULL,
    -- counts the changes of the list of packs: caches of that list are keyed by it
    pack_epoch      BIGINT      NOT NULL DEFAULT 0,
    maintained_at   BIGINT,
    lease_owner     VARCHAR(64),
    lease_until     BIGINT,
    UNIQUE (type, namespace, name),
    UNIQUE (type, owner_id, normalized_name)
);
CREATE INDEX repository_recent ON repository (type, modified_at, id);

-- A pack or another file that JGit keeps beside one, such as its index. Bytes up to the inline limit are in
-- git_pack_inline, longer ones in the object store at git/{repo_id}/{name}.{ext}.
CREATE TABLE git_pack (
    name         VARCHAR(64) ${ordered} PRIMARY KEY,
    repo_id      VARCHAR(24)  NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    source       VARCHAR(32)  NOT NULL,
    -- ext:size:blocksize:inline, separated by commas
    exts         VARCHAR(400) NOT NULL,
    object_count BIGINT       NOT NULL,
    delta_count  BIGINT       NOT NULL,
    pack_bytes   BIGINT       NOT NULL,
    created_at   BIGINT       NOT NULL,
    state        VARCHAR(8)   NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'dropped')),
    dropped_at   BIGINT
);
CREATE INDEX git_pack_repo ON git_pack (repo_id, state);

CREATE TABLE git_pack_inline (
    name  VARCHAR(64) ${ordered} NOT NULL REFERENCES git_pack (name) ON DELETE CASCADE,
    ext   VARCHAR(16)            NOT NULL,
    bytes ${bytes}               NOT NULL,
    PRIMARY KEY (name, ext)
);

CREATE TABLE git_ref (
    repo_id VARCHAR(24)             NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    name    VARCHAR(220) ${ordered} NOT NULL,
    -- null for a symbolic ref
    oid     VARCHAR(40),
    -- the commit that an annotated tag leads to
    peeled  VARCHAR(40),
    target  VARCHAR(220),
    version BIGINT                  NOT NULL DEFAULT 0,
    PRIMARY KEY (repo_id, name)
);

CREATE TABLE git_reflog (
    id      VARCHAR(24) PRIMARY KEY,
    repo_id VARCHAR(24)  NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    name    VARCHAR(220) NOT NULL,
    old_oid VARCHAR(40),
    new_oid VARCHAR(40),
    actor   VARCHAR(96)  NOT NULL,
    message VARCHAR(400) NOT NULL,
    at      BIGINT       NOT NULL
);
CREATE INDEX git_reflog_ref ON git_reflog (repo_id, name, at);

-- A key that was promised to the object store and is not yet named by a row. Removed by what names it; what stays
-- behind for long is swept with its bytes.
CREATE TABLE store_intent (
    object_key   VARCHAR(400) PRIMARY KEY,
    repo_id      VARCHAR(24),
    -- a multipart upload to this key, which the sweeper gives up with it
    multipart_id VARCHAR(1024),
    created_at   BIGINT NOT NULL,
    -- when a sweeper began to remove the bytes: from then on nothing may name the key
    condemned_at BIGINT
);
CREATE INDEX store_intent_age ON store_intent (created_at);

-- A file's content, once for the whole hub. The row exists only after the bytes were seen to have this sha256.
CREATE TABLE content_object (
    sha256      VARCHAR(64) PRIMARY KEY,
    size        BIGINT NOT NULL,
    lfs_key     VARCHAR(400),
    xet_hash    VARCHAR(64),
    verified_at BIGINT NOT NULL
);

-- A repository may read or link a content only if it has a row here: knowing a hash is no right.
CREATE TABLE repo_object (
    repo_id    VARCHAR(24) NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    sha256     VARCHAR(64) NOT NULL REFERENCES content_object (sha256),
    created_at BIGINT      NOT NULL,
    PRIMARY KEY (repo_id, sha256)
);
CREATE INDEX repo_object_content ON repo_object (sha256);

-- Bytes on their way: a place in the object store that a client may write to and nobody may read.
CREATE TABLE upload (
    id           VARCHAR(24) PRIMARY KEY,
    repo_id      VARCHAR(24)  NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    user_id      VARCHAR(24)  NOT NULL,
    sha256       VARCHAR(64)  NOT NULL,
    size         BIGINT       NOT NULL,
    object_key   VARCHAR(400) NOT NULL,
    -- the object store's id of a multipart upload
    multipart_id VARCHAR(1024),
    part_size    BIGINT,
    created_at   BIGINT       NOT NULL,
    expires_at   BIGINT       NOT NULL
);
CREATE INDEX upload_content ON upload (repo_id, sha256);
CREATE INDEX upload_expiry ON upload (expires_at);
