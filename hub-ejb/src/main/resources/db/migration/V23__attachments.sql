-- A picture, video or sound that comments show. The row exists only after its bytes were stored; user_id goes with the
-- account, the attachment stays as its comments do.
CREATE TABLE attachment (
    id           VARCHAR(32)  PRIMARY KEY,
    user_id      VARCHAR(24)  REFERENCES account (id) ON DELETE SET NULL,
    content_type VARCHAR(32)  NOT NULL,
    size         BIGINT       NOT NULL,
    object_key   VARCHAR(400) NOT NULL UNIQUE,
    created_at   BIGINT       NOT NULL
);
CREATE INDEX attachment_user ON attachment (user_id, created_at);
