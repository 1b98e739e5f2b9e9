-- While all postings are being added up (ledger/invariants/balance_scan.hpp) there is a row in the
-- first, and what is booked meanwhile is noted in the second; else both are empty.
CREATE TABLE balance_scans (
    begun INTEGER NOT NULL
);
CREATE TABLE booked_since (
    subject_id INTEGER NOT NULL,
    outcome INTEGER NOT NULL,                -- ledger::Outcome
    PRIMARY KEY (subject_id, outcome)
) WITHOUT ROWID;
