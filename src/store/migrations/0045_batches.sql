-- A sheet of withdrawals as it was uploaded: what it asks for, and how far it has come.
CREATE TABLE batches (
    number INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL,
    digest BLOB NOT NULL,                    -- SHA-256 of the file
    with_hidden INTEGER NOT NULL,            -- 1: what a spreadsheet program does not show was read
    edition INTEGER NOT NULL,                -- 1; more where the same file is meant anew
    state INTEGER NOT NULL,                  -- batches::State
    uploaded_by TEXT NOT NULL,
    uploaded_at INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    total INTEGER NOT NULL,                  -- of every amount that can be read
    wrong INTEGER NOT NULL,                  -- rows that stood against a release when last looked at
    released_by TEXT NOT NULL,               -- who said its sum, the last time; '': nobody yet
    released_at INTEGER,
    next_place INTEGER NOT NULL,             -- of the row that is looked at next
    made INTEGER NOT NULL,                   -- rows that became withdrawals
    found INTEGER NOT NULL,                  -- rows whose withdrawal was there already
    refused INTEGER NOT NULL,                -- rows that were not taken
    why TEXT NOT NULL,                       -- it has stopped; '' else
    ended_at INTEGER,                        -- done, or cancelled
    ended_by TEXT NOT NULL,
    UNIQUE (merchant_id, digest, with_hidden, edition)
) STRICT;
CREATE INDEX batches_released ON batches (released_at) WHERE state = 3;
-- Each row as it is to be paid; the place in the batch is in the lower 16 bits of its id.
CREATE TABLE batch_rows (
    id INTEGER PRIMARY KEY,
    line INTEGER NOT NULL,                   -- as a spreadsheet program counts
    withdrawal_id TEXT NOT NULL,             -- '', like label and comment, where it cannot be read
    phone INTEGER,                           -- NULL: it cannot be read; negative: masked
    amount INTEGER,
    label TEXT NOT NULL,
    comment TEXT NOT NULL,
    state INTEGER NOT NULL,                  -- batches::RowState
    reason TEXT NOT NULL                     -- why it is wrong or was refused
) STRICT;
CREATE INDEX batch_rows_of_phone ON batch_rows (phone) WHERE phone IS NOT NULL;
