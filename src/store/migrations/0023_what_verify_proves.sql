-- Rules that rows of earlier versions may not keep: what was booked until then is "before the
-- rule", and told as that.
CREATE TABLE rules (
    name TEXT PRIMARY KEY,
    since INTEGER NOT NULL                   -- ledger_transactions.booked_at after which it holds
);
INSERT INTO rules (name, since)
SELECT 'receipts have one spelling', COALESCE(MAX(booked_at), 0) FROM ledger_transactions;
-- SHA-256 of the row (rates/table_rows.cpp); NULL: stored by an earlier version.
ALTER TABLE rate_tables ADD COLUMN digest BLOB;
-- Every audit that came to its end, of the running gateway and of `lango verify`.
CREATE TABLE audits (
    number INTEGER PRIMARY KEY,
    began_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    payments INTEGER NOT NULL,               -- that were proved
    broken INTEGER NOT NULL                  -- laws
);
-- Breaches of laws, as long as they are found. A new one of money stops creates and payouts until a
-- person has acknowledged it. Those that a database's first audit finds are known.
CREATE TABLE breaches (
    law TEXT NOT NULL,
    subject TEXT NOT NULL,                   -- "deposit 0198a3f2c4d5e6f7"
    said TEXT NOT NULL,
    of_money INTEGER NOT NULL,
    found_at INTEGER NOT NULL,
    known_at INTEGER,
    known_by TEXT NOT NULL,
    PRIMARY KEY (law, subject)
) WITHOUT ROWID;
