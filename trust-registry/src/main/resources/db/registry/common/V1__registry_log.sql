-- The append-only log of registry events. The leaf is the event's canonical JSON, exactly the octets that the Merkle tree hashes.
CREATE TABLE registry_log (
    log_index BIGINT NOT NULL PRIMARY KEY CHECK (log_index >= 0),
    leaf TEXT NOT NULL
);
