-- By which way a payout was first submitted (rails::PayoutRoute); NULL: not yet, or before this
-- migration.
ALTER TABLE withdrawals ADD COLUMN shortcode INTEGER;
ALTER TABLE withdrawals ADD COLUMN knows_repeats INTEGER;      -- 1: B2C version 3
-- The last question that was answered "not found", by the rail's id: told twice, it counts once.
ALTER TABLE withdrawals ADD COLUMN not_found_by TEXT NOT NULL DEFAULT '';
-- A person says that what made the halt is mended: one payout tries, and the halt ends when it is
-- paid. ended_by is that person.
ALTER TABLE payout_halts ADD COLUMN lifted_at INTEGER;
ALTER TABLE payout_halts ADD COLUMN probe_id INTEGER NOT NULL DEFAULT 0;
UPDATE payout_halts SET lifted_at = ended_at;
-- What has been paid out since the float was read: gone from it, though it does not say so yet.
ALTER TABLE payout_float ADD COLUMN paid_since INTEGER NOT NULL DEFAULT 0;
