-- A fourth type of repository. SQLite cannot change a constraint; copying the table would delete, by their foreign
-- keys, all rows that refer to it. A CHECK is text in the schema and changes nothing that is stored, so its text is
-- edited (https://www.sqlite.org/lang_altertable.html, "making other kinds of table schema changes", second procedure).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql, '(''model'', ''dataset'', ''space'')', '(''model'', ''dataset'', ''space'', ''kernel'')')
WHERE type = 'table' AND name = 'repository';
PRAGMA writable_schema = RESET;

-- Other connections read the schema anew when its version changes; a table's creation changes it.
CREATE TABLE schema_changed (n INTEGER);
DROP TABLE schema_changed;
