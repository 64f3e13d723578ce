-- Whom the hub tells of what happens.
CREATE TABLE webhook (
    id             VARCHAR(24)   PRIMARY KEY,
    owner_id       VARCHAR(24)   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    url            VARCHAR(2000) NOT NULL,
    secret         VARCHAR(500),
    on_repo        BOOLEAN       NOT NULL,
    on_discussions BOOLEAN       NOT NULL,
    disabled       BOOLEAN       NOT NULL DEFAULT FALSE,
    -- how many deliveries in a row were given up
    failures       INTEGER       NOT NULL DEFAULT 0,
    created_at     BIGINT        NOT NULL
);
CREATE INDEX webhook_owner ON webhook (owner_id);

-- One of the two is set: all repositories of an account, or one repository.
CREATE TABLE webhook_watch (
    webhook_id VARCHAR(24) NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    position   INTEGER     NOT NULL,
    account_id VARCHAR(24) REFERENCES account (id) ON DELETE CASCADE,
    repo_id    VARCHAR(24) REFERENCES repository (id) ON DELETE CASCADE,
    PRIMARY KEY (webhook_id, position)
);
CREATE INDEX webhook_watch_account ON webhook_watch (account_id);
CREATE INDEX webhook_watch_repo ON webhook_watch (repo_id);

-- What is to be told, and what became of it. Written in the transaction in which it happened; kept some days as a log.
CREATE TABLE webhook_delivery (
    id          VARCHAR(24) PRIMARY KEY,
    webhook_id  VARCHAR(24) NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    -- a JSON object
    payload     TEXT        NOT NULL,
    state       VARCHAR(8)  NOT NULL CHECK (state IN ('pending', 'done', 'failed')),
    -- of a pending one: when to try next; while a node tries, when its lease ends
    due_at      BIGINT      NOT NULL,
    attempts    INTEGER     NOT NULL DEFAULT 0,
    -- of the last attempt
    status      INTEGER,
    answer      TEXT,
    error       VARCHAR(400),
    took_millis BIGINT,
    created_at  BIGINT      NOT NULL
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (state, due_at);
CREATE INDEX webhook_delivery_log ON webhook_delivery (webhook_id, created_at, id);
