-- Where repositories were before: who asks for an old name is sent on. Names are normalized, as repository.normalized_name
-- is. A repository that is made under an old name comes before this.
CREATE TABLE repo_redirect (
    type      VARCHAR(8)  NOT NULL,
    namespace VARCHAR(96) NOT NULL,
    name      VARCHAR(96) NOT NULL,
    repo_id   VARCHAR(24) NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    PRIMARY KEY (type, namespace, name)
);
CREATE INDEX repo_redirect_repo ON repo_redirect (repo_id);
