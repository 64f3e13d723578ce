-- How many requests of a class a caller made within a window, as far as the nodes have told each other. Only callers who
-- make many have a row. who is a user's id or a keyed digest of an address.
CREATE TABLE rate_window (
    route     VARCHAR(8)  NOT NULL,
    who       VARCHAR(32) NOT NULL,
    starts_at BIGINT      NOT NULL,
    ends_at   BIGINT      NOT NULL,
    hits      BIGINT      NOT NULL,
    PRIMARY KEY (route, who, starts_at)
);
CREATE INDEX rate_window_end ON rate_window (ends_at);
