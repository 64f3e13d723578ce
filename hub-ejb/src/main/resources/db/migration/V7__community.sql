-- Who asked for the files of a gated repository, and what was said.
CREATE TABLE access_request (
    repo_id          VARCHAR(24) NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    user_id          VARCHAR(24) NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    status           VARCHAR(8)  NOT NULL CHECK (status IN ('pending', 'accepted', 'rejected')),
    -- what the user wrote into the form, as a JSON object; null for who was let in without asking
    fields           TEXT,
    rejection_reason VARCHAR(1000),
    requested_at     BIGINT      NOT NULL,
    decided_at       BIGINT,
    decided_by       VARCHAR(24),
    PRIMARY KEY (repo_id, user_id)
);
CREATE INDEX access_request_list ON access_request (repo_id, status, requested_at, user_id);
CREATE INDEX access_request_user ON access_request (user_id);

-- repository.likes is the number of these rows.
CREATE TABLE repo_like (
    repo_id    VARCHAR(24) NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    user_id    VARCHAR(24) NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at BIGINT      NOT NULL,
    PRIMARY KEY (repo_id, user_id)
);
CREATE INDEX repo_like_list ON repo_like (repo_id, created_at, user_id);
CREATE INDEX repo_like_user ON repo_like (user_id, created_at, repo_id);
CREATE INDEX repo_like_recent ON repo_like (created_at);

-- Users follow users and organizations.
CREATE TABLE follow (
    follower_id VARCHAR(24) NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    followed_id VARCHAR(24) NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at  BIGINT      NOT NULL,
    PRIMARY KEY (follower_id, followed_id)
);
CREATE INDEX follow_following ON follow (follower_id, created_at, followed_id);
CREATE INDEX follow_followers ON follow (followed_id, created_at, follower_id);

-- Whoever fetches files of a repository within one stretch of time downloads it once. visitor is a keyed digest.
CREATE TABLE download_session (
    repo_id VARCHAR(24) NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    bucket  BIGINT      NOT NULL,
    visitor VARCHAR(32) NOT NULL,
    PRIMARY KEY (repo_id, bucket, visitor)
);
CREATE INDEX download_session_age ON download_session (bucket);

-- day counts from 1970-01-01, UTC
CREATE TABLE download_day (
    repo_id       VARCHAR(24) NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    day           INTEGER     NOT NULL,
    downloads     BIGINT      NOT NULL DEFAULT 0,
    authenticated BIGINT      NOT NULL DEFAULT 0,
    anonymous     BIGINT      NOT NULL DEFAULT 0,
    files         BIGINT      NOT NULL DEFAULT 0,
    PRIMARY KEY (repo_id, day)
);
CREATE INDEX download_day_recent ON download_day (day);

-- repository.downloads is the number of the last thirty days
ALTER TABLE repository ADD COLUMN downloads_all_time BIGINT NOT NULL DEFAULT 0;
ALTER TABLE repository ADD COLUMN trending_score BIGINT NOT NULL DEFAULT 0;
ALTER TABLE repository ADD COLUMN description TEXT;
ALTER TABLE repository ADD COLUMN discussions_disabled BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE repository SET downloads_all_time = downloads;
CREATE INDEX repository_trending ON repository (type, trending_score, id);

-- Work that one node does for all. due_at moves on when a node takes it.
CREATE TABLE chore (
    name   VARCHAR(40) PRIMARY KEY,
    due_at BIGINT NOT NULL
);

ALTER TABLE account ADD COLUMN bio TEXT;
ALTER TABLE account ADD COLUMN website VARCHAR(255);
-- a JSON object of texts
ALTER TABLE account ADD COLUMN social_media TEXT;

CREATE TABLE avatar (
    account_id   VARCHAR(24) PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    content_type VARCHAR(20) NOT NULL,
    bytes        ${bytes}    NOT NULL,
    updated_at   BIGINT      NOT NULL
);

-- A program that waits for somebody to let it log in (RFC 8628). Neither code is stored in the clear.
CREATE TABLE device_login (
    device_hash VARCHAR(128) PRIMARY KEY,
    user_hash   VARCHAR(128) NOT NULL UNIQUE,
    client_id   VARCHAR(100) NOT NULL,
    status      VARCHAR(8)   NOT NULL CHECK (status IN ('pending', 'approved', 'denied')),
    user_id     VARCHAR(24) REFERENCES account (id) ON DELETE CASCADE,
    created_at  BIGINT       NOT NULL,
    expires_at  BIGINT       NOT NULL,
    polled_at   BIGINT
);
CREATE INDEX device_login_expiry ON device_login (expires_at);
