-- Discussions and pull requests share their numbers, which a repository counts from 1.

ALTER TABLE repository ADD COLUMN discussion_count INTEGER NOT NULL DEFAULT 0;

-- A pull request is a row first, 'preparing' and seen by nobody; it opens in the transaction that makes its ref
-- refs/pr/{num}. What stays behind 'preparing' was cut short.
CREATE TABLE discussion (
    repo_id      VARCHAR(24)  NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    num          INTEGER      NOT NULL,
    title        VARCHAR(200) NOT NULL,
    status       VARCHAR(9)   NOT NULL CHECK (status IN ('preparing', 'draft', 'open', 'closed', 'merged')),
    opens_as     VARCHAR(9)   CHECK (opens_as IN ('draft', 'open')),
    -- of a pull request the branch that it is for, by its whole name, and the commit that it began at
    base         VARCHAR(220),
    start_commit VARCHAR(40),
    merge_commit VARCHAR(40),
    -- null once the account is gone
    author_id    VARCHAR(24) REFERENCES account (id) ON DELETE SET NULL,
    pinned       BOOLEAN      NOT NULL DEFAULT FALSE,
    locked       BOOLEAN      NOT NULL DEFAULT FALSE,
    -- events are numbered by it
    event_count  INTEGER      NOT NULL DEFAULT 0,
    created_at   BIGINT       NOT NULL,
    updated_at   BIGINT       NOT NULL,
    PRIMARY KEY (repo_id, num)
);
CREATE INDEX discussion_author ON discussion (author_id);

CREATE TABLE discussion_event (
    id         VARCHAR(24) PRIMARY KEY,
    repo_id    VARCHAR(24) NOT NULL,
    num        INTEGER     NOT NULL,
    seq        INTEGER     NOT NULL,
    kind       VARCHAR(16) NOT NULL
        CHECK (kind IN ('comment', 'status-change', 'title-change', 'commit', 'pinning-change', 'locking-change')),
    author_id  VARCHAR(24) REFERENCES account (id) ON DELETE SET NULL,
    created_at BIGINT      NOT NULL,
    -- a comment's text; else what there is now: the status, the title, the commit, true or false
    content    TEXT        NOT NULL,
    -- what there was before: the title, the commit
    earlier    TEXT,
    edited_at  BIGINT,
    edited_by  VARCHAR(24) REFERENCES account (id) ON DELETE SET NULL,
    hidden     BOOLEAN     NOT NULL DEFAULT FALSE,
    FOREIGN KEY (repo_id, num) REFERENCES discussion (repo_id, num) ON DELETE CASCADE
);
CREATE UNIQUE INDEX discussion_event_order ON discussion_event (repo_id, num, seq);
CREATE INDEX discussion_event_author ON discussion_event (author_id);

-- What a comment said before it was edited.
CREATE TABLE discussion_edit (
    id        VARCHAR(24) PRIMARY KEY,
    event_id  VARCHAR(24) NOT NULL REFERENCES discussion_event (id) ON DELETE CASCADE,
    content   TEXT        NOT NULL,
    author_id VARCHAR(24) REFERENCES account (id) ON DELETE SET NULL,
    written_at BIGINT     NOT NULL
);
CREATE INDEX discussion_edit_event ON discussion_edit (event_id);
