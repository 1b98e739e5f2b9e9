-- Amounts are credits when positive, debits when negative; a transaction's postings sum to zero.
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,                   -- ledger::AccountKind
    owner INTEGER NOT NULL,                  -- merchant id, or shortcode for a rail's account, else 0
    currency TEXT NOT NULL,
    may_be_negative INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    held INTEGER NOT NULL,
    UNIQUE (kind, owner, currency)
);
-- subject: the payment. One transaction per payment and outcome, ever.
CREATE TABLE ledger_transactions (
    subject_id INTEGER NOT NULL,
    outcome INTEGER NOT NULL,                -- ledger::Outcome
    booked_at INTEGER NOT NULL,
    PRIMARY KEY (subject_id, outcome)
) WITHOUT ROWID;
CREATE TABLE postings (
    subject_id INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    line INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (subject_id, outcome, line)
) WITHOUT ROWID;
-- A rail's receipt books at most once, whatever channel brings it.
CREATE TABLE receipts (
    receipt TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (receipt)
) WITHOUT ROWID;
CREATE TABLE holds (
    subject_id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    state INTEGER NOT NULL                   -- ledger::HoldState
);
