-- A xorb: chunks of files, compressed and packed together (docs/xet-protocol.md, 5.2). The row exists only after every
-- chunk was unpacked and hashed.
CREATE TABLE xorb (
    hash           VARCHAR(64) PRIMARY KEY,
    object_key     VARCHAR(400) NOT NULL,
    chunk_count    INTEGER      NOT NULL,
    unpacked_bytes BIGINT       NOT NULL,
    stored_bytes   BIGINT       NOT NULL,
    -- 40 bytes a chunk: its hash, where its record ends, its length
    chunks         ${bytes}     NOT NULL,
    -- through which repository and by whom it came first; both may be gone (the site administrator is "")
    repo_id        VARCHAR(24)  NOT NULL,
    user_id        VARCHAR(24)  NOT NULL,
    created_at     BIGINT       NOT NULL,
    -- when a shard named it or a dedup answer offered it last: clients count on it for weeks from then on
    named_at       BIGINT,
    -- when the sweep found nobody who uses it: hidden from dedup answers, still good for shards, which clear this
    condemned_at   BIGINT
);
CREATE INDEX xorb_named ON xorb (named_at);

-- A file as runs of chunks. The row exists only after the file's hash was computed from stored chunks and its bytes were
-- hashed; content_object.xet_hash leads here.
CREATE TABLE xet_file (
    hash       VARCHAR(64) PRIMARY KEY,
    size       BIGINT NOT NULL,
    -- when somebody described it last
    created_at BIGINT NOT NULL
);
CREATE INDEX content_object_xet ON content_object (xet_hash);

-- One run: the chunks chunk_start to before chunk_end of a xorb, whose records are the bytes byte_start to before
-- byte_end of what is stored.
CREATE TABLE xet_term (
    file_hash   VARCHAR(64) NOT NULL REFERENCES xet_file (hash) ON DELETE CASCADE,
    -- bytes of the file before it
    file_offset BIGINT      NOT NULL,
    xorb_hash   VARCHAR(64) NOT NULL REFERENCES xorb (hash),
    chunk_start INTEGER     NOT NULL,
    chunk_end   INTEGER     NOT NULL,
    length      INTEGER     NOT NULL,
    byte_start  INTEGER     NOT NULL,
    byte_end    INTEGER     NOT NULL,
    PRIMARY KEY (file_hash, file_offset)
);
CREATE INDEX xet_term_xorb ON xet_term (xorb_hash);

-- The chunks that clients ask for: one in 1024 by hash, and the first of each file. Where several xorbs have it, the
-- first stays.
CREATE TABLE xet_chunk (
    hash      VARCHAR(64) PRIMARY KEY,
    xorb_hash VARCHAR(64) NOT NULL REFERENCES xorb (hash) ON DELETE CASCADE
);
CREATE INDEX xet_chunk_xorb ON xet_chunk (xorb_hash);

-- Work on a content that some node does when it finds time: to cut it into chunks, or to put it together again.
CREATE TABLE xet_job (
    sha256   VARCHAR(64) NOT NULL REFERENCES content_object (sha256) ON DELETE CASCADE,
    kind     VARCHAR(12) NOT NULL CHECK (kind IN ('convert', 'materialize')),
    attempts INTEGER     NOT NULL DEFAULT 0,
    -- not before; who takes it moves this on, so that nobody else does unless he dies
    due_at   BIGINT      NOT NULL,
    PRIMARY KEY (sha256, kind)
);
CREATE INDEX xet_job_due ON xet_job (due_at);
