CREATE TABLE withdrawals (
    id INTEGER PRIMARY KEY,                  -- fixes the rail's idempotency key
    merchant_id INTEGER NOT NULL,
    withdrawal_id TEXT NOT NULL,             -- the merchant's, or made for him
    label TEXT NOT NULL,
    phone INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    fee INTEGER NOT NULL,
    currency TEXT NOT NULL,
    comment TEXT NOT NULL,
    kind INTEGER NOT NULL,                   -- withdrawals::Kind
    state INTEGER NOT NULL,                  -- withdrawals::State
    events INTEGER NOT NULL,                 -- how many events stand in withdrawal_events
    sends INTEGER NOT NULL,                  -- how often it was submitted, always under one id
    tries INTEGER NOT NULL,                  -- of what the state waits for
    not_found INTEGER NOT NULL,              -- how often in a row the rail said it knows it not
    due_at INTEGER,                          -- when a worker looks at it next; NULL: nothing to do
    sent_at INTEGER,                         -- last submitted
    conversation_id TEXT,
    receipt TEXT,
    result_code TEXT,
    flags INTEGER NOT NULL,                  -- withdrawals::Flag bits
    created_at INTEGER NOT NULL,
    closed_at INTEGER,
    UNIQUE (merchant_id, withdrawal_id)
);
CREATE INDEX withdrawals_due ON withdrawals (state, due_at) WHERE due_at IS NOT NULL;
-- A payout's story: numbered from 1 without gaps.
CREATE TABLE withdrawal_events (
    withdrawal_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    state INTEGER NOT NULL,                  -- the state after it
    kind INTEGER NOT NULL,                   -- withdrawals::EventKind
    detail TEXT NOT NULL,
    PRIMARY KEY (withdrawal_id, number)
) WITHOUT ROWID;
-- While a row has no end, nothing is paid out: what the rail said would only get worse by trying.
CREATE TABLE payout_halts (
    number INTEGER PRIMARY KEY,
    began_at INTEGER NOT NULL,
    withdrawal_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    description TEXT NOT NULL,
    ended_at INTEGER,
    ended_by TEXT NOT NULL
);
ALTER TABLE merchants ADD COLUMN withdrawal_min INTEGER NOT NULL DEFAULT 1000;
ALTER TABLE merchants ADD COLUMN withdrawal_max INTEGER NOT NULL DEFAULT 25000000;
ALTER TABLE merchants ADD COLUMN payout_fee_percent TEXT NOT NULL DEFAULT '0';
ALTER TABLE merchants ADD COLUMN payout_fee_fixed INTEGER NOT NULL DEFAULT 0;
