-- A bucket: files by path, without history. namespace repeats the owner's name; size and total_files are the sums over
-- its files, changed in the transaction that changes those.
CREATE TABLE bucket (
    id              VARCHAR(24) PRIMARY KEY,
    owner_id        VARCHAR(24) NOT NULL REFERENCES account (id),
    namespace       VARCHAR(96) NOT NULL,
    name            VARCHAR(96) NOT NULL,
    normalized_name VARCHAR(96) NOT NULL,
    is_private      BOOLEAN     NOT NULL DEFAULT FALSE,
    size            BIGINT      NOT NULL DEFAULT 0,
    total_files     BIGINT      NOT NULL DEFAULT 0,
    created_by      VARCHAR(24) NOT NULL,
    created_at      BIGINT      NOT NULL,
    modified_at     BIGINT      NOT NULL,
    UNIQUE (owner_id, normalized_name)
);

-- As repo_redirect.
CREATE TABLE bucket_redirect (
    namespace VARCHAR(96) NOT NULL,
    name      VARCHAR(96) NOT NULL,
    bucket_id VARCHAR(24) NOT NULL REFERENCES bucket (id) ON DELETE CASCADE,
    PRIMARY KEY (namespace, name)
);
CREATE INDEX bucket_redirect_bucket ON bucket_redirect (bucket_id);

CREATE TABLE bucket_file (
    bucket_id    VARCHAR(24)              NOT NULL REFERENCES bucket (id) ON DELETE CASCADE,
    -- up to 1024 bytes: PostgreSQL cannot index a text of some thousand
    path         VARCHAR(1024) ${ordered} NOT NULL,
    xet_hash     VARCHAR(64)              NOT NULL REFERENCES xet_file (hash),
    size         BIGINT                   NOT NULL,
    content_type VARCHAR(255)             NOT NULL,
    -- when the file was changed where it came from, as its sender says
    mtime        BIGINT                   NOT NULL,
    uploaded_at  BIGINT                   NOT NULL,
    PRIMARY KEY (bucket_id, path)
);
CREATE INDEX bucket_file_content ON bucket_file (xet_hash);

-- A content that came through the bucket's door and waits to be named in it. Without a file it goes after its time.
CREATE TABLE bucket_upload (
    bucket_id  VARCHAR(24) NOT NULL REFERENCES bucket (id) ON DELETE CASCADE,
    xet_hash   VARCHAR(64) NOT NULL REFERENCES xet_file (hash),
    created_at BIGINT      NOT NULL,
    PRIMARY KEY (bucket_id, xet_hash)
);
CREATE INDEX bucket_upload_content ON bucket_upload (xet_hash);
CREATE INDEX bucket_upload_age ON bucket_upload (created_at);
