-- A fourth type of repository.
ALTER TABLE repository DROP CONSTRAINT repository_type_check;
ALTER TABLE repository ADD CONSTRAINT repository_type_check CHECK (type IN ('model', 'dataset', 'space', 'kernel'));
