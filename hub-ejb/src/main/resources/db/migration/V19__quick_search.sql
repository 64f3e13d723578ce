-- Names by how they begin, in any case: the search box asks with every letter.
CREATE INDEX repository_name ON repository (type, lower(name) ${ordered});
