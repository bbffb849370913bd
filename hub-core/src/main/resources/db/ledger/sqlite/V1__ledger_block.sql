-- The audit ledger: one row for each block. Each node has a chain of its own, so that nodes never wait for one another. The records are
-- NDJSON, exactly the octets that the block's Merkle tree hashes; docs/audit.md says what the header is.
CREATE TABLE ledger_block (
    node TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 0),
    first_id TEXT NOT NULL,
    last_id TEXT NOT NULL,
    header TEXT NOT NULL,
    records BLOB NOT NULL,
    PRIMARY KEY (node, number)
);

-- A record is found by its id: ids are in the order of time.
CREATE INDEX ledger_block_by_first_id ON ledger_block (first_id, last_id);
CREATE INDEX ledger_block_by_last_id ON ledger_block (node, last_id);

-- Nothing is updated or deleted, and nothing is inserted but at the end of a chain. The last trigger also stops INSERT OR REPLACE, which
-- deletes without firing the deletion's trigger.
CREATE TRIGGER ledger_block_never_updated BEFORE UPDATE ON ledger_block
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_block_never_deleted BEFORE DELETE ON ledger_block
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_block_without_gaps BEFORE INSERT ON ledger_block
WHEN NEW.number <> (SELECT COALESCE(MAX(number) + 1, 0) FROM ledger_block WHERE node = NEW.node)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- What auditors list without reading every block: the records of other kinds than decisions.
CREATE TABLE ledger_event (
    node TEXT NOT NULL,
    number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    subject TEXT,
    PRIMARY KEY (node, number, position)
);

CREATE INDEX ledger_event_by_kind ON ledger_event (kind, subject, id);
