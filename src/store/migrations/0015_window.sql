-- An order of the payment window may be tried up to three times: each attempt is a deposit of its
-- own with the merchant's same custom_transaction_id. The key of a table cannot be changed, so the
-- table is made anew.
CREATE TABLE deposits_by_attempt (
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
    attempt INTEGER NOT NULL DEFAULT 1,      -- the API's is the first
    UNIQUE (merchant_id, custom_transaction_id, attempt)
);
INSERT INTO deposits_by_attempt (id, merchant_id, custom_transaction_id, label, phone, amount,
    currency, state, events, tries, due_at, pushed_at, checkout_request_id, merchant_request_id,
    receipt, result_code, flags, created_at, closed_at)
SELECT id, merchant_id, custom_transaction_id, label, phone, amount, currency, state, events, tries,
    due_at, pushed_at, checkout_request_id, merchant_request_id, receipt, result_code, flags,
    created_at, closed_at FROM deposits ORDER BY id;
DROP TABLE deposits;
ALTER TABLE deposits_by_attempt RENAME TO deposits;
CREATE INDEX deposits_due ON deposits (state, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deposits_attention ON deposits (id) WHERE (flags & 2) <> 0;
-- What a shop's link asked for, kept from the payer's first prompt on; never updated.
CREATE TABLE window_orders (
    id INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL,
    custom_transaction_id TEXT NOT NULL,
    label TEXT NOT NULL,
    fixed_amount INTEGER,                    -- NULL: the payer types it
    success_url TEXT NOT NULL,               -- verified addresses; '': none
    fail_url TEXT NOT NULL,
    pending_url TEXT NOT NULL,
    code TEXT NOT NULL,                      -- what a payer reads out: "7K29F"
    created_at INTEGER NOT NULL,
    UNIQUE (merchant_id, custom_transaction_id)
);
CREATE INDEX window_orders_by_code ON window_orders (code);
-- How a merchant's window looks and where it may lead: one row a setting that was set.
CREATE TABLE merchant_window_settings (
    merchant_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (merchant_id, name)
) WITHOUT ROWID;
