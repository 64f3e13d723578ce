-- What repositories are found by. Portable; what the two databases do differently is in V15.

-- The tags of each repository's default branch, and other spellings by which it is found as well (kind 'alias').
CREATE TABLE repo_tag (
    type    VARCHAR(8)              NOT NULL,
    tag     VARCHAR(220) ${ordered} NOT NULL,
    repo_id VARCHAR(24)             NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    -- the group that the tag is listed in
    kind    VARCHAR(32)             NOT NULL,
    PRIMARY KEY (type, tag, repo_id)
);
CREATE INDEX repo_tag_repo ON repo_tag (repo_id);

-- What else is told of a card, as a JSON object whose names are those of the answer.
ALTER TABLE repository ADD COLUMN card_details TEXT;
-- By which version of the hub's reader the card was read: older ones are read again.
ALTER TABLE repository ADD COLUMN card_format INTEGER NOT NULL DEFAULT 0;
-- Heads of the weights (safetensors, gguf) of the default branch, as a JSON object, and the commit they were read from.
ALTER TABLE repository ADD COLUMN weights TEXT;
ALTER TABLE repository ADD COLUMN weights_commit VARCHAR(40);
-- How many parameters the weights have.
ALTER TABLE repository ADD COLUMN parameters BIGINT;
-- Bytes of all files of the default branch.
ALTER TABLE repository ADD COLUMN main_size BIGINT;

CREATE INDEX repository_card_format ON repository (card_format);
CREATE INDEX repository_created ON repository (type, created_at, id);
CREATE INDEX repository_downloads ON repository (type, downloads, id);
CREATE INDEX repository_likes ON repository (type, likes, id);
CREATE INDEX repository_author ON repository (type, namespace, modified_at, id);
CREATE INDEX repository_parameters ON repository (type, parameters);

-- What the head of a file of weights says, once for each content. facts is a JSON object, or null for a file whose head
-- is damaged or too long.
CREATE TABLE weight_head (
    sha256  VARCHAR(64) PRIMARY KEY,
    facts   TEXT,
    read_at BIGINT NOT NULL
);

-- What a worker looks for.
CREATE INDEX repository_unread_weights ON repository (id)
    WHERE card_commit IS NOT NULL AND (weights_commit IS NULL OR weights_commit <> card_commit);
