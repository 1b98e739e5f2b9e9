-- What must not go out while the halt is open: rails::Halts. Those before this column: payouts.
ALTER TABLE payout_halts ADD COLUMN what INTEGER NOT NULL DEFAULT 1;
-- What the rail last said of the money that payouts leave from; one row per shortcode.
CREATE TABLE payout_float (
    shortcode INTEGER PRIMARY KEY,
    read_at INTEGER NOT NULL,
    utility INTEGER NOT NULL,
    working INTEGER NOT NULL,
    charges INTEGER NOT NULL                 -- below zero is usual
);
