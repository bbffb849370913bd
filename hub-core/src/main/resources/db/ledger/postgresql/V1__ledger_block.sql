-- The audit ledger: one row for each block. Each node has a chain of its own, so that nodes never wait for one another. The records are
-- NDJSON, exactly the octets that the block's Merkle tree hashes; docs/audit.md says what the header is.
CREATE TABLE ledger_block (
    node TEXT NOT NULL,
    number BIGINT NOT NULL CHECK (number >= 0),
    first_id TEXT COLLATE "C" NOT NULL,
    last_id TEXT COLLATE "C" NOT NULL,
    header TEXT NOT NULL,
    records BYTEA NOT NULL,
    PRIMARY KEY (node, number)
);

-- A record is found by its id: ids are in the order of time.
CREATE INDEX ledger_block_by_first_id ON ledger_block (first_id, last_id);
CREATE INDEX ledger_block_by_last_id ON ledger_block (node, last_id);

-- Nothing is updated, deleted or truncated, and nothing is inserted but at the end of a chain.
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- The search path of its creation, so that a session with another one does not look for the end of another table.
CREATE FUNCTION ledger_block_at_the_end() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.number <> (SELECT COALESCE(MAX(number) + 1, 0) FROM ledger_block WHERE node = NEW.node) THEN
        RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_block_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_block
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();

CREATE TRIGGER ledger_block_without_gaps BEFORE INSERT ON ledger_block
FOR EACH ROW EXECUTE FUNCTION ledger_block_at_the_end();

-- What auditors list without reading every block: the records of other kinds than decisions.
CREATE TABLE ledger_event (
    node TEXT NOT NULL,
    number BIGINT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    subject TEXT,
    PRIMARY KEY (node, number, position)
);

CREATE INDEX ledger_event_by_kind ON ledger_event (kind, subject, id);
