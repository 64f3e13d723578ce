-- Substrings of ns/name by trigrams: FTS5 over a table that triggers keep beside the repositories, because the row
-- numbers of a table with a text key do not last.
CREATE TABLE repo_search_row (
    n       INTEGER PRIMARY KEY,
    repo_id VARCHAR(24)  NOT NULL UNIQUE,
    name    VARCHAR(200) NOT NULL
);

CREATE VIRTUAL TABLE repo_search USING fts5(name, content = 'repo_search_row', content_rowid = 'n', tokenize = 'trigram');

CREATE TRIGGER repo_search_row_added AFTER INSERT ON repo_search_row BEGIN
    INSERT INTO repo_search (rowid, name) VALUES (new.n, new.name);
END;
CREATE TRIGGER repo_search_row_removed AFTER DELETE ON repo_search_row BEGIN
    INSERT INTO repo_search (repo_search, rowid, name) VALUES ('delete', old.n, old.name);
END;
CREATE TRIGGER repo_search_row_changed AFTER UPDATE ON repo_search_row BEGIN
    INSERT INTO repo_search (repo_search, rowid, name) VALUES ('delete', old.n, old.name);
    INSERT INTO repo_search (rowid, name) VALUES (new.n, new.name);
END;

CREATE TRIGGER repository_search_added AFTER INSERT ON repository BEGIN
    INSERT INTO repo_search_row (repo_id, name) VALUES (new.id, lower(new.namespace || '/' || new.name));
END;
CREATE TRIGGER repository_search_removed AFTER DELETE ON repository BEGIN
    DELETE FROM repo_search_row WHERE repo_id = old.id;
END;
CREATE TRIGGER repository_search_moved AFTER UPDATE OF namespace, name ON repository
WHEN new.namespace <> old.namespace OR new.name <> old.name BEGIN
    UPDATE repo_search_row SET name = lower(new.namespace || '/' || new.name) WHERE repo_id = new.id;
END;

INSERT INTO repo_search_row (repo_id, name) SELECT id, lower(namespace || '/' || name) FROM repository;

-- The tags that were kept in one column; readers of the next format complete them.
INSERT INTO repo_tag (type, tag, repo_id, kind)
SELECT DISTINCT r.type, substr(t.value, 1, 220), r.id, 'other' FROM repository r, json_each(r.tags) t;

-- By which means the hub searches here.
CREATE TABLE search_means (name VARCHAR(16) PRIMARY KEY);
INSERT INTO search_means (name) VALUES ('fts5');
