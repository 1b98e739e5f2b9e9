CREATE TABLE deposits (
    id INTEGER PRIMARY KEY,                  -- order_id in decimal
    merchant_id INTEGER NOT NULL,
    custom_transaction_id TEXT NOT NULL,
    label TEXT NOT NULL,
    phone INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    state INTEGER NOT NULL,                  -- deposits::State
    events INTEGER NOT NULL,                 -- how many events stand in deposit_events
    tries INTEGER NOT NULL,                  -- of what the state waits for: pushes, queries, pulls
    due_at INTEGER,                          -- when a worker looks at it next; NULL: nothing to do
    pushed_at INTEGER,
    checkout_request_id TEXT,
    merchant_request_id TEXT,
    receipt TEXT,
    result_code TEXT,
    flags INTEGER NOT NULL,                  -- deposits::Flag bits
    created_at INTEGER NOT NULL,
    closed_at INTEGER,
    UNIQUE (merchant_id, custom_transaction_id)
);
CREATE INDEX deposits_due ON deposits (state, due_at) WHERE due_at IS NOT NULL;
-- A payment's story: numbered from 1 without gaps.
CREATE TABLE deposit_events (
    deposit_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    state INTEGER NOT NULL,                  -- the state after it
    kind INTEGER NOT NULL,                   -- deposits::EventKind
    detail TEXT NOT NULL,
    PRIMARY KEY (deposit_id, number)
) WITHOUT ROWID;
-- What the rail said, byte for byte.
CREATE TABLE rail_messages (
    subject_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind INTEGER NOT NULL,                   -- deposits::RailMessageKind
    body TEXT NOT NULL,
    PRIMARY KEY (subject_id, id)
) WITHOUT ROWID;
CREATE TABLE idempotency_keys (
    merchant_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    status INTEGER NOT NULL,
    response TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, key)
) WITHOUT ROWID;
