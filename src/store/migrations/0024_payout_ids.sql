-- What the rail knows a payout by (rails/payout_id.hpp). Rows of before keep the id that they were,
-- or would have been, sent under.
ALTER TABLE withdrawals ADD COLUMN payout_id TEXT;
UPDATE withdrawals SET payout_id = 'lango-' || printf('%016x', id);
CREATE UNIQUE INDEX withdrawals_payout_id ON withdrawals (payout_id);
-- What is made once for an installation and never changes, sealed with the master key.
CREATE TABLE installation_secrets (
    name TEXT PRIMARY KEY,
    sealed BLOB NOT NULL
);
-- What the rail says was paid at an address of ours, and no row of ours is there (an older backup
-- was put back): a claim until its row is there again, or a person says whose it was.
CREATE TABLE lost_payouts (
    receipt TEXT PRIMARY KEY,
    withdrawal_id INTEGER NOT NULL,          -- of the row that is gone
    amount INTEGER,                          -- NULL: the rail did not say
    payout_id TEXT NOT NULL,                 -- '': none of ours was named
    phone TEXT NOT NULL,
    told_at INTEGER NOT NULL,
    settled_at INTEGER,
    settled_as TEXT NOT NULL
);
CREATE INDEX lost_payouts_open ON lost_payouts (told_at) WHERE settled_at IS NULL;
