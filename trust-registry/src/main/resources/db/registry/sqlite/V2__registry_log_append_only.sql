-- Nothing is updated or deleted, and nothing is inserted but at the end. The last trigger also stops INSERT OR REPLACE, which
-- deletes without firing the deletion's trigger.
CREATE TRIGGER registry_log_never_updated BEFORE UPDATE ON registry_log
BEGIN
    SELECT RAISE(ABORT, 'the registry log is append-only');
END;

CREATE TRIGGER registry_log_never_deleted BEFORE DELETE ON registry_log
BEGIN
    SELECT RAISE(ABORT, 'the registry log is append-only');
END;

CREATE TRIGGER registry_log_without_gaps BEFORE INSERT ON registry_log
WHEN NEW.log_index <> (SELECT COALESCE(MAX(log_index) + 1, 0) FROM registry_log)
BEGIN
    SELECT RAISE(ABORT, 'the registry log is append-only');
END;
