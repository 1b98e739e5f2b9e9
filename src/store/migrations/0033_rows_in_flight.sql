-- How the gateway's runs end, and what was in flight when one died (src/runs); one row.
CREATE TABLE run (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,                 -- 1, 2, 3, ...: of this run, or of the last one
    began_at INTEGER NOT NULL,
    deaths INTEGER NOT NULL,                 -- of the runs before it, in a row
    settled_at INTEGER,                      -- it ended cleanly or lived long enough; NULL: neither
    alone_kind INTEGER NOT NULL,             -- runs::Kind of what is tried alone; 0: nothing is
    alone_id INTEGER NOT NULL
);
INSERT INTO run (one, number, began_at, deaths, settled_at, alone_kind, alone_id)
VALUES (1, 0, 0, 0, 0, 0, 0);
-- What died alone, until a person has it tried again.
CREATE TABLE set_aside (
    kind INTEGER NOT NULL,                   -- runs::Kind
    id INTEGER NOT NULL,                     -- the payment's; of a message: its number
    at INTEGER NOT NULL,
    run INTEGER NOT NULL,                    -- that died of it
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
-- The run that took it last, as long as nothing has been written of what came of it; 0: none.
ALTER TABLE postbacks ADD COLUMN taken_in INTEGER NOT NULL DEFAULT 0;
ALTER TABLE webhook_events ADD COLUMN taken_in INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deposits ADD COLUMN taken_in INTEGER NOT NULL DEFAULT 0;
ALTER TABLE withdrawals ADD COLUMN taken_in INTEGER NOT NULL DEFAULT 0;
-- What the rail sends while a run is careful, from before it is read until it has been. What two
-- runs died of is not read again.
CREATE TABLE messages_in_work (
    number INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,             -- SHA-256 of path and body
    at INTEGER NOT NULL,
    died INTEGER NOT NULL,                   -- so many runs, while only this was read
    path TEXT NOT NULL,                      -- without its token
    body BLOB NOT NULL
);
