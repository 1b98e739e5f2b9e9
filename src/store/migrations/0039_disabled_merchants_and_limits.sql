-- A merchant whom an operator has disabled: nothing new of his is taken, what is open goes on to its
-- end. His trail says who did it and when.
ALTER TABLE merchants ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1));
-- Counts of the payment window's limits whose time is not over (window/kept_counts.hpp), as they were
-- some time in the last minute of the run that wrote them.
CREATE TABLE window_counts (
    kind INTEGER NOT NULL,                   -- window::Limit
    key BLOB NOT NULL,                       -- keyed hash of the network or the order
    began_at INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
