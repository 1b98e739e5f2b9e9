-- The body is head + converted_amount(rates_id, amount) + tail; digest is SHA-256 of the whole.
-- The 184 conversions are four fifths of the bytes and follow exactly from a table that never
-- changes, so they are made again for each attempt and checked against the digest.
CREATE TABLE postbacks (
    number INTEGER PRIMARY KEY,              -- 1, 2, 3, ...: stockpiling_id on the wire
    id INTEGER NOT NULL UNIQUE,
    subject_id INTEGER NOT NULL UNIQUE,
    merchant_id INTEGER NOT NULL,
    state INTEGER NOT NULL,                  -- postbacks::State
    attempts INTEGER NOT NULL,
    due_at INTEGER,
    created_at INTEGER NOT NULL,
    first_attempt_at INTEGER,
    rates_id INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    head TEXT NOT NULL,
    tail TEXT NOT NULL,
    digest BLOB NOT NULL
);
-- A lane per merchant takes its own due rows: one dead merchant hides no other.
CREATE INDEX postbacks_due ON postbacks (merchant_id, due_at) WHERE due_at IS NOT NULL;
CREATE TABLE postback_attempts (
    postback_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    took INTEGER NOT NULL,                   -- microseconds
    outcome INTEGER NOT NULL,                -- postbacks::AttemptOutcome
    status INTEGER NOT NULL,                 -- HTTP status; 0: no answer
    answer TEXT NOT NULL,                    -- at most 2 KiB
    PRIMARY KEY (postback_id, number)
) WITHOUT ROWID;
