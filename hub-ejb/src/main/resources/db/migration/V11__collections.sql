-- What users and organizations put together. An address ends in the id; before it stands the title of some time.
-- upvotes is the number of the rows of collection_upvote.
CREATE TABLE collection (
    id          VARCHAR(24)  PRIMARY KEY,
    owner_id    VARCHAR(24)  NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    title       VARCHAR(120) NOT NULL,
    -- lower-case: an owner has one collection of a title
    title_key   VARCHAR(400) NOT NULL,
    description VARCHAR(150),
    is_private  BOOLEAN      NOT NULL DEFAULT FALSE,
    theme       VARCHAR(8)   NOT NULL,
    -- among the owner's, the highest first; with gaps
    place       BIGINT       NOT NULL,
    upvotes     BIGINT       NOT NULL DEFAULT 0,
    created_by  VARCHAR(24)  NOT NULL,
    created_at  BIGINT       NOT NULL,
    modified_at BIGINT       NOT NULL,
    UNIQUE (owner_id, title_key)
);
CREATE INDEX collection_owner ON collection (owner_id, place, id);
CREATE INDEX collection_recent ON collection (modified_at, id);
CREATE INDEX collection_upvotes ON collection (upvotes, id);

-- target is the id that the one column of the four holds that is not null.
CREATE TABLE collection_item (
    id            VARCHAR(24) PRIMARY KEY,
    collection_id VARCHAR(24) NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
    type          VARCHAR(10) NOT NULL
        CHECK (type IN ('model', 'dataset', 'space', 'paper', 'collection', 'bucket')),
    target        VARCHAR(24) NOT NULL,
    repo_id       VARCHAR(24) REFERENCES repository (id) ON DELETE CASCADE,
    bucket_id     VARCHAR(24) REFERENCES bucket (id) ON DELETE CASCADE,
    nested_id     VARCHAR(24) REFERENCES collection (id) ON DELETE CASCADE,
    paper         VARCHAR(24),
    note          VARCHAR(500),
    -- the lowest first; with gaps
    place         BIGINT      NOT NULL,
    added_by      VARCHAR(24) NOT NULL,
    added_at      BIGINT      NOT NULL,
    UNIQUE (collection_id, type, target)
);
CREATE INDEX collection_item_list ON collection_item (collection_id, place, id);
CREATE INDEX collection_item_target ON collection_item (target, collection_id);
CREATE INDEX collection_item_repo ON collection_item (repo_id);
CREATE INDEX collection_item_bucket ON collection_item (bucket_id);
CREATE INDEX collection_item_nested ON collection_item (nested_id);

CREATE TABLE collection_upvote (
    collection_id VARCHAR(24) NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
    user_id       VARCHAR(24) NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at    BIGINT      NOT NULL,
    PRIMARY KEY (collection_id, user_id)
);
CREATE INDEX collection_upvote_user ON collection_upvote (user_id);
