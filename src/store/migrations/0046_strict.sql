-- The engine holds every column to its type (STRICT), and what may be there only once for ever stands
-- apart from the history that may be cleared away one day (decision 0051). No row is written anew:
-- rows of a STRICT table are as those of another, and an index on a row's id is, byte for byte, a
-- table without rowids. So the texts of the schema are what is changed. Values are looked at first
-- (sqlite/strict.hpp).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE deposits (
    id INTEGER PRIMARY KEY,                  -- order_id in decimal
    merchant_id INTEGER NOT NULL,
    custom_transaction_id TEXT NOT NULL,     -- deposit_keys has it, too
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
    attempt INTEGER NOT NULL DEFAULT 1,      -- the API''s is the first
    shortcode INTEGER,                       -- that was pushed from
    fee INTEGER,
    taken_in INTEGER NOT NULL DEFAULT 0      -- the run that has it in flight; 0: none
) STRICT' WHERE type = 'table' AND name = 'deposits';
UPDATE sqlite_schema SET type = 'table', name = 'deposit_keys', tbl_name = 'deposit_keys',
sql = 'CREATE TABLE deposit_keys (
    merchant_id INTEGER NOT NULL,
    custom_transaction_id TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    deposit_id INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, custom_transaction_id, attempt)
) STRICT, WITHOUT ROWID' WHERE type = 'index' AND name = 'sqlite_autoindex_deposits_1';
UPDATE sqlite_schema SET sql = 'CREATE TABLE withdrawals (
    id INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL,
    withdrawal_id TEXT NOT NULL,             -- the merchant''s, or made for it; withdrawal_keys has it, too
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
    created_by TEXT NOT NULL DEFAULT '''',
    signature INTEGER,                       -- withdrawals::SignedAs; withdrawal_signatures has both, too
    signed_form INTEGER NOT NULL DEFAULT 0,
    shortcode INTEGER,                       -- the way it first went
    knows_repeats INTEGER,                   -- 1: B2C version 3
    not_found_by TEXT NOT NULL DEFAULT '''',
    originator_conversation_id TEXT,
    payout_id TEXT,                          -- what the rail knows it by (rails/payout_id.hpp)
    taken_in INTEGER NOT NULL DEFAULT 0      -- the run that has it in flight; 0: none
) STRICT' WHERE type = 'table' AND name = 'withdrawals';
UPDATE sqlite_schema SET type = 'table', name = 'withdrawal_keys', tbl_name = 'withdrawal_keys',
sql = 'CREATE TABLE withdrawal_keys (
    merchant_id INTEGER NOT NULL,
    withdrawal_id TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, withdrawal_id)
) STRICT, WITHOUT ROWID' WHERE type = 'index' AND name = 'sqlite_autoindex_withdrawals_1';
UPDATE sqlite_schema SET type = 'table', name = 'withdrawal_signatures',
tbl_name = 'withdrawal_signatures', sql = 'CREATE TABLE withdrawal_signatures (
    signature INTEGER NOT NULL,
    signed_form INTEGER NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (signature, signed_form, id)
) STRICT, WITHOUT ROWID' WHERE type = 'index' AND name = 'withdrawals_signature';
UPDATE sqlite_schema
SET sql = sql || CASE WHEN sql LIKE '%) WITHOUT ROWID' THEN ', STRICT' ELSE ' STRICT' END
WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'
AND sql NOT LIKE '%) STRICT' AND sql NOT LIKE '%) STRICT, WITHOUT ROWID';
PRAGMA writable_schema = RESET;
-- What ids of before would be called today (0026) is taken, too: one look tells.
INSERT OR IGNORE INTO deposit_keys (merchant_id, custom_transaction_id, attempt, deposit_id)
SELECT merchant_id, trimmed, 1, MIN(id) FROM untrimmed_ids WHERE kind = 1
GROUP BY merchant_id, trimmed;
INSERT OR IGNORE INTO withdrawal_keys (merchant_id, withdrawal_id, id)
SELECT merchant_id, trimmed, MIN(id) FROM untrimmed_ids WHERE kind = 2
GROUP BY merchant_id, trimmed;
