-- Substrings of ns/name by trigrams, in an index that needs no extension (pg_trgm wants rights that a hub may not have).
CREATE FUNCTION hub_trigrams(value TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(value, i, 3)), '{}') FROM generate_series(1, length(value) - 2) i
$$;
CREATE INDEX repository_trigrams ON repository USING gin (hub_trigrams(lower(namespace || '/' || name)));

-- The tags that were kept in one column; readers of the next format complete them.
INSERT INTO repo_tag (type, tag, repo_id, kind)
SELECT DISTINCT r.type, left(t.value, 220), r.id, 'other' FROM repository r, jsonb_array_elements_text(r.tags::jsonb) t;

-- By which means the hub searches here.
CREATE TABLE search_means (name VARCHAR(16) PRIMARY KEY);
INSERT INTO search_means (name) VALUES ('gin');
