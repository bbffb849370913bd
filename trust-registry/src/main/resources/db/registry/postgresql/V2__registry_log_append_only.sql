-- Nothing is updated, deleted or truncated, and nothing is inserted but at the end. Two transactions that insert the same index at the
-- same time both pass the last trigger, since neither sees the other's row; the primary key then lets only one of them commit.
CREATE FUNCTION registry_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the registry log is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- The search path of its creation, so that a session with another one does not look for the end of another table.
CREATE FUNCTION registry_log_at_the_end() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.log_index <> (SELECT COALESCE(MAX(log_index) + 1, 0) FROM registry_log) THEN
        RAISE EXCEPTION 'the registry log is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER registry_log_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON registry_log
FOR EACH STATEMENT EXECUTE FUNCTION registry_log_refuse();

CREATE TRIGGER registry_log_without_gaps BEFORE INSERT ON registry_log
FOR EACH ROW EXECUTE FUNCTION registry_log_at_the_end();
